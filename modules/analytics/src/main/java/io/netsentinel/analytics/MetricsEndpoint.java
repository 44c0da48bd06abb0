package io.netsentinel.analytics;

import io.helidon.http.HeaderNames;
import io.netsentinel.auth.Identity;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.nio.charset.StandardCharsets;

/// `GET /metrics`: all figures for Prometheus; those of single users for administrators only.
public final class MetricsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public MetricsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Meters meters = Meters.of(services);
        routes.get(
                "/metrics",
                Access.READ,
                (request, response) -> {
                    Identity who = Guard.identity(request);
                    PrometheusText text = new PrometheusText(name -> Meters.visible(name, who));
                    meters.tell(text);
                    response.header(HeaderNames.CONTENT_TYPE, PrometheusText.MEDIA_TYPE)
                            .send(text.text().getBytes(StandardCharsets.UTF_8));
                });
    }
}
