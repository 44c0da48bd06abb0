package io.netsentinel.webui;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.ProtocolException;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Method;
import java.time.Duration;

/// `dashboard.painted` with `{millis:[…]}`: how long events took from being taken in until a
/// dashboard showed them, 1 to 50 whole numbers of at most an hour. The answer is `{}`. What a
/// browser tells is believed, so this figure is as good as the people who may sign in.
public final class PaintedMethod implements Method {
    private static final int MOST = 50;
    private static final long LONGEST = Duration.ofHours(1).toMillis();

    /// For `ServiceLoader`.
    public PaintedMethod() {}

    @Override
    public String name() {
        return "dashboard.painted";
    }

    @Override
    public Permission needs() {
        return Permission.READ;
    }

    @Override
    public JsonNode call(Identity who, JsonNode params, Services services) {
        JsonNode millis = params.path("millis");
        if (!millis.isArray() || millis.isEmpty() || millis.size() > MOST) {
            throw refused("expected a list of 1 to " + MOST + " numbers");
        }
        for (JsonNode one : millis) {
            if (!one.isIntegralNumber()
                    || !one.canConvertToLong()
                    || one.longValue() < 0
                    || one.longValue() > LONGEST) {
                throw refused("expected whole milliseconds from 0 to " + LONGEST + ", not " + one);
            }
        }
        Connections connections = services.get(Connections.class);
        millis.forEach(one -> connections.painted(Duration.ofMillis(one.longValue())));
        return Json.object();
    }

    private static ProtocolException refused(String why) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, why, "params.millis");
    }
}
