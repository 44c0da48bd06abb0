package io.netsentinel.app;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.integrations.PluginService;
import io.netsentinel.integrations.Plugins;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The detectors there are: those of the server's modules and those of plug-ins.
final class AllDetectors {
    private AllDetectors() {}

    static List<Detector> list() {
        return Stream.concat(builtIn().stream(), Plugins.others(Detector.class).stream()).toList();
    }

    private static List<Detector> builtIn() {
        return ServiceLoader.load(AllDetectors.class.getModule().getLayer(), Detector.class)
                .stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Those a plug-in brings along.
    ///
    /// @throws IllegalArgumentException when a name cannot be used or is taken
    static List<PluginService> of(ModuleLayer plugin) {
        List<Detector> found = Plugins.own(ServiceLoader.load(plugin, Detector.class), plugin);
        List<String> taken = list().stream().map(Detector::name).toList();
        for (Detector one : found) {
            if (!one.name().matches("[a-z][a-z-]{0,31}")) {
                throw new IllegalArgumentException(
                        "\"" + one.name() + "\" is no name of a detector");
            }
            if (taken.contains(one.name())) {
                throw new IllegalArgumentException(
                        "there is a detector " + one.name() + " already");
            }
        }
        return found.stream().map(one -> new PluginService("detector " + one.name(), one)).toList();
    }
}
