import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/// Writes what the licences of the bundled libraries ask for: `docs/third-party/THIRD-PARTY.txt`, a list made from the
/// SBOM, and beside it the licence and notice files each jar carries. The JDK's own stand in `runtime/legal`.
/// Run by the build of the zip with the staging folder and the folder of the jars.
public final class Notices {
    private static final Pattern NOTICE =
            Pattern.compile(
                    "(META-INF/)?(LICEN[CS]E|NOTICE|COPYING|DEPENDENCIES|AUTHORS|about)[^/]*|META-INF/licen[cs]es/.+",
                    Pattern.CASE_INSENSITIVE);

    private static final String HEAD =
            """
            NetSentinel (Apache-2.0, see LICENSE at the top) bundles these libraries in runtime/lib/modules, their classes
            unchanged; one that is no Java module was given a descriptor that makes it one. A library without a file of its
            own below is under the Apache License 2.0 or, H2, under the Mozilla Public License 2.0 (MPL-2.0.txt here); the
            source of H2 is at https://github.com/h2database/h2database. The licences of Java are in runtime/legal.

            """;

    private Notices() {}

    public static void main(String[] arguments) throws Exception {
        Path stage = Path.of(arguments[0]);
        Path target = Files.createDirectories(stage.resolve("docs/third-party"));
        List<String> lines = new ArrayList<>(HEAD.lines().toList());
        lines.addAll(libraries(stage.resolve("docs/sbom.xml")));
        lines.add("");
        lines.add("Licence and notice files (equal texts are kept once):");
        Map<String, String> seen = new HashMap<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[1]), "*.jar")) {
            for (Path jar : StreamSupport.stream(jars.spliterator(), false).sorted().toList()) {
                lines.addAll(extract(jar, target, seen));
            }
        }
        Files.write(target.resolve("THIRD-PARTY.txt"), lines);
    }

    private static List<String> libraries(Path sbom) throws Exception {
        List<String> lines = new ArrayList<>();
        if (Files.notExists(sbom)) {
            // The SBOM's maker does nothing when Maven runs offline.
            System.out.println("Built offline: this zip has no SBOM and no list of licences.");
            return lines;
        }
        NodeList components =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(sbom.toFile())
                        .getElementsByTagName("component");
        for (int i = 0; i < components.getLength(); i++) {
            Element component = (Element) components.item(i);
            boolean bundled = component.getParentNode().getNodeName().equals("components");
            String group = text(component, "group").orElse("");
            if (bundled && !isTool(component) && !group.equals("io.netsentinel")) {
                String name = group + ":" + text(component, "name").orElseThrow();
                String version = text(component, "version").orElseThrow();
                lines.add(name + " " + version + ": " + licences(component));
            }
        }
        lines.sort(null);
        return lines;
    }

    /// The SBOM also names the program that made it.
    private static boolean isTool(Element component) {
        return component.getParentNode().getParentNode().getNodeName().equals("tools");
    }

    private static String licences(Element component) {
        List<String> names = new ArrayList<>();
        NodeList licences = component.getElementsByTagName("license");
        for (int i = 0; i < licences.getLength(); i++) {
            Element licence = (Element) licences.item(i);
            names.add(text(licence, "id").or(() -> text(licence, "name")).orElseThrow());
        }
        text(component, "expression").ifPresent(names::add);
        if (names.isEmpty()) {
            throw new IllegalStateException("no licence named for " + text(component, "name").orElseThrow());
        }
        return String.join(" or ", names);
    }

    private static Optional<String> text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return Optional.ofNullable(found.item(0)).map(Node::getTextContent).map(String::strip);
    }

    private static List<String> extract(Path jar, Path target, Map<String, String> seen) throws IOException {
        String name = jar.getFileName().toString().replace(".jar", "");
        List<String> lines = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> wanted(name, e)).map(ZipEntry.class::cast).toList()) {
                byte[] text = zip.getInputStream(entry).readAllBytes();
                String path = name + "/" + entry.getName().replaceFirst("^META-INF/", "");
                String kept = seen.putIfAbsent(new String(text, StandardCharsets.ISO_8859_1), path);
                if (kept == null) {
                    write(target, path, text);
                }
                lines.add(name + ": " + (kept == null ? path : kept));
            }
        }
        return lines;
    }

    private static boolean wanted(String jar, ZipEntry entry) {
        boolean own = jar.startsWith("netsentinel-");
        String name = entry.getName();
        boolean notice = own ? name.startsWith("META-INF/licenses/") : NOTICE.matcher(name).matches();
        return notice && !entry.isDirectory();
    }

    private static void write(Path target, String path, byte[] text) throws IOException {
        Path file = target.resolve(path).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("unsafe entry " + path);
        }
        Files.createDirectories(file.getParent());
        Files.write(file, text);
    }
}
