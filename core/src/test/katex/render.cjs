// Renders each file of LaTeX that is named; prints what KaTeX refuses or warns about, and the number of files.
const fs = require('fs');
const katex = require('katex');

let problems = 0;
for (const file of process.argv.slice(2)) {
  const report = (text) => {
    problems++;
    console.log(file + ': ' + text);
  };
  try {
    const strict = (code, message) => (report(code + ' ' + message), 'ignore');
    katex.renderToString(fs.readFileSync(file, 'utf8'), {displayMode: true, throwOnError: true, strict});
  } catch (error) {
    report(error.message);
  }
}
console.log(process.argv.length - 2 + ' files');
process.exit(problems === 0 ? 0 : 1);
