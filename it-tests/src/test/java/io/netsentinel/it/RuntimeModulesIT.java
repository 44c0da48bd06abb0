package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The Java runtime in the zip has the modules that the jars in it need, and no others: what
/// `jdeps` finds in them is compared with `runtime.modules` of `dist/pom.xml`.
final class RuntimeModulesIT {
    /// Parts of libraries that are never reached here, and what they would need: H2's console, its
    /// profiler, functions written in Java or a script, and socket options of its server; the
    /// annotations and editors of `java.beans` in Jackson, Thymeleaf and PostgreSQL's driver, which
    /// do without.
    private static final Set<Use> LEFT_OUT =
            Set.of(
                    new Use("h2", "java.compiler"),
                    new Use("h2", "java.desktop"),
                    new Use("h2", "java.instrument"),
                    new Use("h2", "java.scripting"),
                    new Use("h2", "jdk.net"),
                    new Use("com.fasterxml.jackson.databind", "java.desktop"),
                    new Use("postgresql", "java.desktop"),
                    new Use("thymeleaf", "java.desktop"));

    /// What no class names: elliptic curves for TLS and zip files are found as services, HTTP is
    /// for asking other servers.
    private static final Set<String> FOUND_AT_RUN_TIME =
            Set.of("jdk.crypto.ec", "jdk.zipfs", "java.net.http");

    private static Set<String> runtime = Set.of();
    private static Set<Use> uses = Set.of();

    /// A jar, by its module's or file's name, uses a module of the JDK.
    private record Use(String jar, String module) {}

    @BeforeAll
    static void look() throws IOException {
        runtime = runtimeModules();
        uses = uses();
        assertThat(runtime).contains("java.base");
        assertThat(uses).hasSizeGreaterThan(LEFT_OUT.size());
    }

    private static Set<String> runtimeModules() throws IOException {
        Path java = Distribution.home().resolve("runtime").resolve("bin").resolve("java");
        Process process = new ProcessBuilder(java.toString(), "--list-modules").start();
        String list = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return list.lines()
                .map(line -> line.replaceFirst("@.*", ""))
                .filter(name -> name.matches("(java|jdk)\\..*"))
                .collect(Collectors.toSet());
    }

    /// The jars as they came, beside the zip they went into.
    private static Path jars() {
        return Distribution.zip().resolveSibling("jars");
    }

    private static Set<Use> uses() throws IOException {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "--multi-release",
                                "25",
                                "--ignore-missing-deps",
                                "-q",
                                "-s",
                                "--module-path",
                                jars().toString()));
        try (Stream<Path> files = Files.list(jars())) {
            files.map(Path::toString).filter(name -> name.endsWith(".jar")).forEach(words::add);
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                new PrintWriter(out),
                                new PrintWriter(err),
                                words.toArray(String[]::new));
        assertThat(exit).as("%s%s", out, err).isZero();
        return out.toString()
                .lines()
                .map(line -> line.strip().split(" -> ", 2))
                .filter(parts -> parts.length == 2 && parts[1].matches("(java|jdk)\\..*"))
                .map(parts -> new Use(parts[0].replaceFirst("-\\d.*\\.jar$", ""), parts[1]))
                .collect(Collectors.toSet());
    }

    @Test
    void whatTheJarsUseIsInTheRuntimeOrLeftOutOnPurpose() {
        assertThat(uses).filteredOn(use -> !runtime.contains(use.module())).isSubsetOf(LEFT_OUT);
    }

    @Test
    void whatIsLeftOutIsStillUsedBySomebody() {
        assertThat(uses).containsAll(LEFT_OUT);
    }

    @Test
    void theRuntimeHoldsNothingThatNobodyNeeds() {
        Set<String> needed = new TreeSet<>(FOUND_AT_RUN_TIME);
        uses.stream().map(Use::module).filter(runtime::contains).forEach(needed::add);
        ModuleFinder.of(jars()).findAll().stream()
                .flatMap(module -> module.descriptor().requires().stream())
                .filter(requires ->
                        !requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC))
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> name.matches("(java|jdk)\\..*"))
                .forEach(needed::add);
        assertThat(runtime).containsAll(needed);
        assertThat(withRequired(needed)).containsAll(runtime);
    }

    private static Set<String> withRequired(Set<String> modules) {
        Set<String> all = new TreeSet<>(modules);
        List<String> open = new ArrayList<>(modules);
        while (!open.isEmpty()) {
            ModuleFinder.ofSystem()
                    .find(open.removeLast())
                    .orElseThrow()
                    .descriptor()
                    .requires()
                    .stream()
                    .map(ModuleDescriptor.Requires::name)
                    .filter(all::add)
                    .forEach(open::add);
        }
        return all;
    }
}
