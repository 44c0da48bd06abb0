package io.netsentinel.webui;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Method;

/// `dashboard.overview` with `{range?}`: what `dashboard.pulse` gives, `parts{}`: the figures of
/// the overview as markup, by element id, and `timeline{offset, from, bucket, counts[5][]}`: alerts
/// by severity, info first, as of an offset of the channel `alerts`.
public final class OverviewMethod implements Method {

    /// For `ServiceLoader`.
    public OverviewMethod() {}

    @Override
    public String name() {
        return "dashboard.overview";
    }

    @Override
    public Permission needs() {
        return Permission.READ;
    }

    @Override
    public JsonNode call(Identity who, JsonNode params, Services services) {
        return Board.of(services)
                .overview(who, OverviewPage.range(params.path("range").asText("")));
    }
}
