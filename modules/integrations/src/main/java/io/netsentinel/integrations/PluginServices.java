package io.netsentinel.integrations;

import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.SinkFactory;
import io.netsentinel.integrations.spi.SourceFactory;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;

/// What a plug-in brings along.
record PluginServices(
        ModuleLayer layer,
        List<SourceFactory> sources,
        List<SinkFactory> sinks,
        List<Normalizer> normalizers,
        List<PluginService> others) {
    static final PluginServices NONE =
            new PluginServices(ModuleLayer.empty(), List.of(), List.of(), List.of(), List.of());

    /// Makes a layer of a jar or a folder with jars and asks it what it provides.
    ///
    /// @throws RuntimeException when a jar is none, a module is missing or a class cannot be used
    /// @throws Error in the same cases, by the Java platform
    static PluginServices load(Path place) {
        ModuleFinder finder = ModuleFinder.of(place);
        Set<String> names =
                finder.findAll().stream()
                        .map(ModuleReference::descriptor)
                        .map(java.lang.module.ModuleDescriptor::name)
                        .collect(Collectors.toSet());
        if (names.isEmpty()) {
            throw new IllegalArgumentException("there is no module in it");
        }
        Module own = PluginServices.class.getModule();
        ModuleLayer parent = own.getLayer() == null ? ModuleLayer.boot() : own.getLayer();
        Configuration configuration =
                parent.configuration().resolve(finder, ModuleFinder.of(), names);
        ModuleLayer layer = parent.defineModulesWithOneLoader(configuration, own.getClassLoader());
        return new PluginServices(
                layer,
                Plugins.own(ServiceLoader.load(layer, SourceFactory.class), layer),
                Plugins.own(ServiceLoader.load(layer, SinkFactory.class), layer),
                Plugins.own(ServiceLoader.load(layer, Normalizer.class), layer),
                List.of());
    }

    /// With what other modules found in the layer.
    PluginServices with(List<PluginService> more) {
        return new PluginServices(layer, sources, sinks, normalizers, more);
    }

    boolean empty() {
        return sources.isEmpty() && sinks.isEmpty() && normalizers.isEmpty() && others.isEmpty();
    }
}
