import java.nio.file.Path;
import org.gradgraph.check.*;
import org.gradgraph.diff.*;
import org.gradgraph.exec.*;
import org.gradgraph.explain.Derivation;
import org.gradgraph.graph.*;
import org.gradgraph.graphviz.*;
