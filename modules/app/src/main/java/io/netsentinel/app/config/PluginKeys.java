package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.PATH;

import io.netsentinel.integrations.PluginService;
import io.netsentinel.integrations.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/// Where plug-ins are. They bring keys along, so they are loaded before anything else is read.
public final class PluginKeys {
    static final Key<Path> FOLDER =
            Key.optional(
                    "plugins",
                    PATH,
                    "/opt/netsentinel/plugins",
                    "The folder with plug-ins (default `plugins` in the folder NetSentinel was"
                            + " unpacked into).");

    static final Section SECTION =
            Section.of(
                    "Plug-ins",
                    "Jars that bring kinds of sources, kinds of sinks, formats and detectors along; what may"
                            + " be said of these stands in their own documentation.",
                    FOLDER);

    private PluginKeys() {}

    /// Loads the plug-ins a configuration names, whatever else is wrong with it.
    ///
    /// @param loader with the file and the environment; not used any more
    /// @param usual where they are when it does not say
    /// @param others finds what they bring for other modules
    public static void load(
            ConfigurationLoader loader,
            Path usual,
            Function<ModuleLayer, List<PluginService>> others) {
        Plugins.load(loader.peek(FOLDER).orElse(usual), others);
        Keys.renew();
    }
}
