package io.netsentinel.detection;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.ProtocolException;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// One triage action as a `call`: `params` are `{id, note?}` or `{ids:[…], note?}`. With `id` a
/// conflict is error 122 and an unknown id error 107; with `ids` the result lists `changed`,
/// `conflicts` and `unknown`.
abstract sealed class TriageMethod implements Method
        permits AcknowledgeMethod, UnacknowledgeMethod, EscalateMethod, NoteMethod {
    private final Action action;

    TriageMethod(Action action) {
        this.action = action;
    }

    @Override
    public final String name() {
        return "alert." + action.text();
    }

    @Override
    public final Permission needs() {
        return Permission.TRIAGE;
    }

    @Override
    public final JsonNode call(Identity who, JsonNode params, Services services) {
        if (!who.mayRead(Channel.ALERTS)) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED, "this identity may not read the channel alerts");
        }
        boolean one = params.path("id").isTextual();
        List<String> ids = one ? List.of(params.get("id").textValue()) : ids(params.path("ids"));
        try {
            TriageResult result =
                    services.get(Alerts.class)
                            .change(who, action, ids, params.path("note").asText(""));
            if (one) {
                refuse(ids.getFirst(), result);
            }
            return AlertJson.JSON.readTree(
                    one
                            ? AlertJson.changed(result.changed().getFirst())
                            : AlertJson.result(result));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), "params");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ids(JsonNode array) {
        List<String> ids = new ArrayList<>();
        array.forEach(id -> ids.add(id.asText()));
        if (ids.isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "params needs \"id\", or \"ids\" with at least one id",
                    "params");
        }
        return ids;
    }

    private static void refuse(String id, TriageResult result) {
        if (!result.unknown().isEmpty()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "no kept alert has the id \"" + id + "\"", "params.id");
        }
        for (TriageResult.Conflict conflict : result.conflicts()) {
            throw new ProtocolException(ErrorCode.CONFLICT, conflict.message(), "params.id");
        }
    }
}
