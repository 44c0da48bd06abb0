package io.netsentinel.webui;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Method;

/// `dashboard.pulse`: `{open, hot, started, severities{}}`: how many alerts wait, whether one is
/// critical, whether any sensor has ever sent an event, and the open alerts by severity.
public final class PulseMethod implements Method {

    /// For `ServiceLoader`.
    public PulseMethod() {}

    @Override
    public String name() {
        return "dashboard.pulse";
    }

    @Override
    public Permission needs() {
        return Permission.READ;
    }

    @Override
    public JsonNode call(Identity who, JsonNode params, Services services) {
        return Board.of(services).pulse(who);
    }
}
