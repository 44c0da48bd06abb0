package io.netsentinel.webui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractConfigurableTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;

/// Finds templates in this module. Thymeleaf's own resolver may not: resources of a module are its
/// own affair.
final class ModuleTemplates extends AbstractConfigurableTemplateResolver {
    ModuleTemplates() {
        setTemplateMode(TemplateMode.HTML);
        setCacheable(true);
    }

    @Override
    protected ITemplateResource computeTemplateResource(
            IEngineConfiguration configuration,
            String owner,
            String template,
            String resourceName,
            String encoding,
            Map<String, Object> attributes) {
        return new StringTemplateResource(read("templates/" + template + ".html"));
    }

    static String read(String name) {
        try (InputStream in = ModuleTemplates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such template: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
