package io.netsentinel.analytics;

import io.helidon.http.HeaderNames;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.nio.charset.StandardCharsets;

/// `GET /metrics`: all figures for Prometheus.
public final class MetricsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public MetricsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Meters meters = Meters.of(services);
        routes.get(
                "/metrics",
                Access.READ,
                (_, response) -> {
                    PrometheusText text = new PrometheusText();
                    meters.tell(text);
                    response.header(HeaderNames.CONTENT_TYPE, PrometheusText.MEDIA_TYPE)
                            .send(text.text().getBytes(StandardCharsets.UTF_8));
                });
    }
}
