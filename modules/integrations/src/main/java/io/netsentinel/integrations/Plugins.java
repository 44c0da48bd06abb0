package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.integrations.spi.SourceFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;

/// The plug-ins of this process: jars that bring kinds of sources, kinds of sinks, formats and what
/// other modules ask for (detectors) along. Each is a module layer of its own above the server's,
/// so plug-ins do not see each other, and libraries of theirs may differ. They are loaded before
/// the configuration is read, because it may name what they bring; one that is broken is left out.
public final class Plugins {
    private static volatile List<Loaded> loaded = List.of();

    private record Loaded(Plugin plugin, PluginServices services) {}

    private Plugins() {}

    /// Loads what lies in a folder: each jar, and each folder with jars, is a plug-in. What was
    /// loaded before is forgotten. Nothing happens when there is no such folder.
    ///
    /// @param others finds in a plug-in's layer what other modules look for (see `own`); whatever
    ///   it throws is what is wrong with the plug-in
    public static void load(Path folder, Function<ModuleLayer, List<PluginService>> others) {
        loaded = List.of();
        for (Path place : places(folder)) {
            List<Loaded> more = new ArrayList<>(loaded);
            more.add(load(place.getFileName() + "", place, others));
            loaded = List.copyOf(more);
        }
    }

    private static List<Path> places(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(place -> Files.isDirectory(place) || isJar(place)).sorted().toList();
        } catch (IOException e) {
            loaded =
                    List.of(
                            new Loaded(
                                    Plugin.broken(folder.toString(), "cannot be read"),
                                    PluginServices.NONE));
            return List.of();
        }
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar");
    }

    /// Whatever is wrong with it concerns nobody else.
    private static Loaded load(
            String name, Path place, Function<ModuleLayer, List<PluginService>> others) {
        try {
            checkRights(place);
            PluginServices kinds = PluginServices.load(place);
            check(kinds);
            PluginServices services = kinds.with(others.apply(kinds.layer()));
            if (services.empty()) {
                throw new IllegalArgumentException(
                        "it provides no SourceFactory, SinkFactory, Normalizer or Detector");
            }
            return new Loaded(new Plugin(name, words(services), ""), services);
        } catch (IOException | RuntimeException | Error e) {
            if (e instanceof VirtualMachineError fatal) {
                throw fatal;
            }
            String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Loaded(Plugin.broken(name, Visible.characters(text)), PluginServices.NONE);
        }
    }

    /// Whoever can write to it can do whatever the server can.
    private static void checkRights(Path place) throws IOException {
        for (Path one : List.of(place.toAbsolutePath().getParent(), place)) {
            if (Files.getFileStore(one).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(one)
                            .contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException(one + " can be written to by everybody: chmod o-w " + one);
            }
        }
    }

    private static void check(PluginServices services) {
        Kinds.sources().checkMore(services.sources());
        Kinds.sinks().checkMore(services.sinks());
        checkFormats(services.normalizers());
    }

    private static void checkFormats(List<Normalizer> normalizers) {
        List<String> known = normalizers().stream().map(Normalizer::format).toList();
        for (Normalizer normalizer : normalizers) {
            if (!normalizer.format().matches("[a-z][a-z0-9-]{0,31}")) {
                throw new IllegalArgumentException(
                        "\"" + normalizer.format() + "\" is no name of a format");
            }
            if (known.contains(normalizer.format())) {
                throw new IllegalArgumentException(
                        "there is a format " + normalizer.format() + " already");
            }
        }
    }

    private static List<String> words(PluginServices services) {
        return Stream.of(
                        services.sources().stream().map(kind -> "source " + kind.kind()),
                        services.sinks().stream().map(kind -> "sink " + kind.kind()),
                        services.normalizers().stream().map(one -> "format " + one.format()),
                        services.others().stream().map(PluginService::words))
                .flatMap(words -> words)
                .toList();
    }

    /// All that were found, the broken ones too.
    public static List<Plugin> all() {
        return loaded.stream().map(Loaded::plugin).toList();
    }

    /// The broken ones, a line each.
    public static List<String> problems() {
        return all().stream()
                .filter(plugin -> !plugin.problem().isEmpty())
                .map(plugin -> "plug-in " + plugin.name() + " is not used: " + plugin.problem())
                .toList();
    }

    static List<SourceFactory> sources() {
        return with(
                ServiceLoader.load(SourceFactory.class),
                loaded.stream().flatMap(one -> one.services().sources().stream()));
    }

    static List<SinkFactory> sinks() {
        return with(
                ServiceLoader.load(SinkFactory.class),
                loaded.stream().flatMap(one -> one.services().sinks().stream()));
    }

    static List<Normalizer> normalizers() {
        return with(
                ServiceLoader.load(Normalizer.class),
                loaded.stream().flatMap(one -> one.services().normalizers().stream()));
    }

    /// What the plug-ins provide of a service another module looks for.
    public static <T> List<T> others(Class<T> service) {
        return loaded.stream()
                .flatMap(one -> one.services().others().stream())
                .map(PluginService::service)
                .filter(service::isInstance)
                .map(service::cast)
                .toList();
    }

    /// What the modules of a layer provide: a loader of a layer finds what is in the layers below
    /// as well.
    public static <T> List<T> own(ServiceLoader<T> loader, ModuleLayer layer) {
        return loader.stream()
                .filter(provider -> layer.equals(provider.type().getModule().getLayer()))
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    private static <T> List<T> with(ServiceLoader<T> own, Stream<T> others) {
        return Stream.concat(own.stream().map(ServiceLoader.Provider::get), others).toList();
    }
}
