package io.netsentinel.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the modules' arrows, which all point one way. A module may use what it requires and what
/// that requires.
final class ArchitectureTest {
    private static final String PREFIX = "io.netsentinel.";
    private static final Map<String, Set<String>> MAY_REQUIRE =
            Map.ofEntries(
                    Map.entry("events", Set.of()),
                    Map.entry("queuing", Set.of("events")),
                    Map.entry("tracing", Set.of()),
                    Map.entry("channels", Set.of("events", "queuing", "tracing")),
                    Map.entry("auth", Set.of("events", "queuing")),
                    Map.entry("websocket", Set.of()),
                    Map.entry("transport", Set.of("websocket", "channels", "auth")),
                    Map.entry("detection", Set.of("channels", "transport")),
                    Map.entry("integrations", Set.of("channels", "transport")),
                    Map.entry("analytics", Set.of("transport")),
                    Map.entry(
                            "webui", Set.of("transport", "analytics", "detection", "integrations")),
                    Map.entry("client", Set.of()),
                    Map.entry("app", Set.of("webui")));

    private static final JavaClasses CLASSES = classes();

    @Test
    void everyModuleIsInTheTable() {
        assertThat(modules().keySet()).isEqualTo(new TreeSet<>(MAY_REQUIRE.keySet()));
        assertThat(CLASSES.contain("io.netsentinel.queuing.EventLog"))
                .as("classes were read")
                .isTrue();
    }

    @Test
    void arrowsBetweenModulesPointOneWay() {
        modules()
                .forEach((name, module) ->
                        assertThat(requiredBy(module))
                                .as(name + " may require")
                                .isSubsetOf(closure(name)));
    }

    @Test
    void aModuleExportsItsOnePackageAndItsSpi() {
        modules()
                .forEach((name, module) -> {
                    String own = PREFIX + name;
                    Set<String> allowed = name.equals("app") ? Set.of() : Set.of(own, own + ".spi");
                    assertThat(exportedToAll(module)).as(own).isSubsetOf(allowed);
                });
    }

    @Test
    void onlyQueuingTouchesTheDatabase() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netsentinel.queuing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.h2..")
                .check(CLASSES);
    }

    /// The source of PostgreSQL's notifications speaks to somebody else's database (ADR 0017).
    @Test
    void onlyQueuingAndTheSourceOfNotificationsSpeakToDatabases() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.netsentinel.queuing..", "io.netsentinel.integrations.postgresql..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .check(CLASSES);
    }

    @Test
    void clientsOfBrokersStayInTheirPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.netsentinel.integrations.kafka..",
                        "io.netsentinel.integrations.valkey..",
                        "io.netsentinel.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "redis.clients..")
                .check(CLASSES);
    }

    @Test
    void onlyTransportSpeaksToTheWebSocketModule() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.netsentinel.websocket..", "io.netsentinel.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netsentinel.websocket..", "io.helidon.websocket..")
                .check(CLASSES);
    }

    @Test
    void theClientNeedsNothingOfTheServer() {
        assertThat(CLASSES.contain("io.netsentinel.client.Client")).as("it was read").isTrue();
        noClasses()
                .that()
                .resideInAPackage("io.netsentinel.client..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.netsentinel..")
                                .and(resideOutsideOfPackage("io.netsentinel.client..")))
                .check(CLASSES);
    }

    @Test
    void nothingNeedsTheDesktopModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "java.beans..", "javax.swing..")
                .check(CLASSES);
    }

    private static JavaClasses classes() {
        // The names of foreign classes are enough.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.netsentinel");
    }

    private static Map<String, ModuleDescriptor> modules() {
        Map<String, ModuleDescriptor> modules = new TreeMap<>();
        Stream.concat(
                        ModuleLayer.boot().modules().stream().map(Module::getDescriptor),
                        apart().stream())
                .filter(module -> module.name().startsWith(PREFIX))
                .forEach(module -> modules.put(module.name().substring(PREFIX.length()), module));
        return modules;
    }

    /// The client is no part of the server, so it stands on the class path here.
    private static Set<ModuleDescriptor> apart() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("client"))
                .flatMap(entry -> ModuleFinder.of(Path.of(entry)).findAll().stream())
                .map(ModuleReference::descriptor)
                .collect(Collectors.toSet());
    }

    private static Set<String> requiredBy(ModuleDescriptor module) {
        return module.requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    private static Set<String> exportedToAll(ModuleDescriptor module) {
        return module.exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    private static Set<String> closure(String module) {
        Set<String> closure = new TreeSet<>();
        for (String required : MAY_REQUIRE.getOrDefault(module, Set.of())) {
            closure.add(required);
            closure.addAll(closure(required));
        }
        return closure;
    }
}
