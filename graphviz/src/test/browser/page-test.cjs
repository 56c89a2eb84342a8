// node page-test.cjs <chromium> <folder>: opens the pages in the folder and prints what it saw, as name=value lines.
const path = require("path");
const { chromium } = require("playwright-core");

const [, , executablePath, folder] = process.argv;
const say = (name, value) => console.log(name + "=" + String(value).replaceAll("\n", "|"));

async function visit(browser, name, look) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 800 } });
  const page = await context.newPage();
  const problems = [];
  page.on("console", message => message.type() === "log" || problems.push(message.type() + ": " + message.text()));
  page.on("pageerror", error => problems.push("error: " + error.message));
  page.on("dialog", dialog => { problems.push("dialog: " + dialog.message()); dialog.dismiss(); });
  page.on("request", request => {
    if (!/^(file|data|blob):/.test(request.url())) {
      problems.push("request: " + request.url());
    }
  });
  await page.goto("file://" + path.resolve(folder, name + ".html"));
  await drawn(page);
  await look(page);
  say(name + ".problems", problems.join(" / "));
  await context.close();
}

const drawn = page => page.waitForFunction(
    () => ["ready", "failed"].includes(document.body.dataset.state), null, { timeout: 60000 });
const status = page => page.locator("#status").textContent();
const count = async (page, name) => {
  say(name + ".nodes", await page.locator("g.node").count());
  say(name + ".edges", await page.locator("g.edge").count());
};
const seen = page => page.locator("g.edge text").evaluateAll(
    texts => texts.filter(text => getComputedStyle(text).visibility === "visible").length);
const panel = page => page.locator("#panel").innerText();

async function lecture(page) {
  await count(page, "lecture");
  say("lecture.labels", await page.locator("g.edge text").allTextContents());
  await page.locator("#stage").focus();
  await page.keyboard.press("Home");
  say("lecture.seenBefore", await seen(page));
  const told = [];
  for (let step = 1; step <= Number(await page.locator("#slider").getAttribute("max")); step++) {
    await page.keyboard.press("ArrowRight");
    told.push(await status(page));
    if (step === 10) {
      say("lecture.panelAtStep10", await panel(page));
    }
    if (step === 6) {
      say("lecture.seenAtTheTurn", await seen(page));
    }
  }
  say("lecture.steps", told.join("|"));
  say("lecture.seenAfter", await seen(page));
  await page.locator("#b-n3").click();
  say("lecture.panel", await panel(page));
  await page.locator("#b-n4").hover();
  say("lecture.hover", await status(page));
  await page.mouse.move(5, 790);
  await page.keyboard.press("Escape");
  say("lecture.panelClosed", await panel(page));
  await page.locator("#b-n1").focus();
  await page.keyboard.press("Enter");
  say("lecture.panelByKey", await panel(page));
  await page.keyboard.press("/");
  await page.keyboard.type("J");
  await page.keyboard.press("Enter");
  say("lecture.panelBySearch", await panel(page));
  await page.locator("#b-n3").click();
  await page.locator("#panel").getByRole("button", { name: "v", exact: true }).click();
  say("lecture.panelOfReader", await panel(page));
  say("lecture.overview", await page.locator("#map").isVisible());
  await page.evaluate(() => {
    window.pauses = [];
    window.setInterval = (action, pause) => window.pauses.push(pause);
    window.clearInterval = () => {};
  });
  await page.locator("#play").click();
  await page.locator("#speed").selectOption("5");
  await page.locator("#play").click();
  say("lecture.pauses", await page.evaluate(() => window.pauses));
  await page.setViewportSize({ width: 390, height: 844 });
  const [sheet, stage] = await page.evaluate(() => ["#panel", "#stage"].map(
      name => document.querySelector(name).getBoundingClientRect().toJSON()));
  say("lecture.sheet", (sheet.width === 390 ? "full width" : sheet.width)
      + (sheet.top >= stage.bottom && sheet.bottom <= 844 ? ", below the picture" : ", " + sheet.top));
  await page.setViewportSize({ width: 1400, height: 800 });
  const box = () => page.locator("#stage svg:not(#map)").getAttribute("viewBox");
  await page.locator("#fit").click();
  const whole = await box();
  await page.locator("#in").click();
  const closer = await box();
  await page.mouse.move(300, 600);
  await page.mouse.down();
  await page.mouse.move(400, 650);
  await page.mouse.up();
  const moved = await box();
  await page.mouse.wheel(0, 100);
  const wheeled = await box();
  await page.locator("#fit").click();
  say("lecture.views", new Set([whole, closer, moved, wheeled]).size + (whole === await box() ? " and back" : ""));
  await page.emulateMedia({ media: "print" });
  say("lecture.printed", await page.locator("#steps").isVisible() + " " + await page.locator("g.node").first().isVisible());
}

async function clusters(page) {
  await count(page, "clusters");
  await page.locator("#search").fill("w");
  say("clusters.hits", await page.locator("#found").innerText());
  say("clusters.marked", await page.locator("g.node.hit").count());
  await page.locator("#search").fill("nobody");
  say("clusters.nothing", await page.locator("#found").innerText());
  await page.locator("#search").fill("");
  await page.locator("#b-n1").click();
  await page.getByRole("button", { name: "Close layer1" }).click();
  await drawn(page);
  await count(page, "clusters.closed");
  await page.locator("g.node.folded").dblclick();
  await drawn(page);
  await count(page, "clusters.open");
}

async function hostile(page) {
  await count(page, "hostile");
  say("hostile.hacked", await page.evaluate(() => window.hacked));
  const names = [];
  for (const node of await page.locator("g.node").all()) {
    await node.dispatchEvent("click");
    names.push(await page.locator("#panel h2").textContent());
  }
  say("hostile.names", names.join("|"));
  say("hostile.elements", await page.locator("#panel b, #stage b, #panel script, #stage script, img").count());
  say("hostile.hackedAfter", await page.evaluate(() => window.hacked));
}

async function big(page) {
  await count(page, "big");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await drawn(page);
  say("big.textSize", await page.locator("g.edge text").first().evaluate(
      text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a));
  say("big.overview", await page.locator("#map").isVisible());
  const box = () => page.locator("#stage svg:not(#map)").getAttribute("viewBox");
  const before = await box();
  await page.locator("#map").click({ position: { x: 100, y: 10 } });
  say("big.moved", before !== await box());
  await page.setViewportSize({ width: 1400, height: 800 });
  await page.reload();
  await drawn(page);
  await page.locator("g.node.folded").first().dblclick();
  await drawn(page);
  await count(page, "big.opened");
  await page.locator("#search").fill("y2999");
  await page.locator("#search").press("Enter");
  await page.waitForFunction(() => document.querySelector("#panel h2")?.textContent === "y2999");
  say("big.found", await page.locator("g.node.chosen").count());
  await count(page, "big.revealed");
}

(async () => {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  await visit(browser, "lecture", lecture);
  await visit(browser, "clusters", clusters);
  await visit(browser, "hostile", hostile);
  await visit(browser, "big", big);
  await browser.close();
  say("done", true);
})().catch(error => {
  console.error(error);
  process.exit(1);
});
