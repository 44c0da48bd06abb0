package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A description of the interface that is kept by hand in `docs` and comes along with the module.
final class YamlResource {
    private YamlResource() {}

    /// Reads one whole.
    ///
    /// @param name of the resource beside this class
    static ObjectNode read(String name) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try (InputStream yaml = YamlResource.class.getResourceAsStream(name)) {
            Object read =
                    new Load(settings).loadFromInputStream(Objects.requireNonNull(yaml, name));
            return Json.MAPPER.valueToTree(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
