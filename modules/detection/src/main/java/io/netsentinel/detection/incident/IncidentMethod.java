package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Permission;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.Incidents;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.ProtocolException;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Method;

/// One change of an incident as a `call`: `params` are those of the HTTP body, and `id`. A conflict
/// is error 122, an unknown id error 107.
public abstract sealed class IncidentMethod implements Method {
    private final String action;

    private IncidentMethod(String action) {
        this.action = action;
    }

    /// `incident.status`.
    public static final class Status extends IncidentMethod {
        /// For `ServiceLoader`.
        public Status() {
            super("status");
        }
    }

    /// `incident.assign`.
    public static final class Assign extends IncidentMethod {
        /// For `ServiceLoader`.
        public Assign() {
            super("assign");
        }
    }

    /// `incident.note`.
    public static final class Note extends IncidentMethod {
        /// For `ServiceLoader`.
        public Note() {
            super("note");
        }
    }

    @Override
    public final String name() {
        return "incident." + action;
    }

    @Override
    public final Permission needs() {
        return Permission.TRIAGE;
    }

    @Override
    public final JsonNode call(Identity who, JsonNode params, Services services) {
        if (!who.mayReadIncidents()) {
            throw new ProtocolException(
                    ErrorCode.PERMISSION_DENIED,
                    "this identity may not read the channel incidents");
        }
        String id = params.path("id").asText();
        try {
            IncidentRequest asked = IncidentRequest.read(action, params).orElseThrow();
            return services.get(Incidents.class)
                    .change(who, id, asked.action(), asked.note(), asked.version())
                    .map(IncidentJson::full)
                    .orElseThrow(() ->
                            new ProtocolException(
                                    ErrorCode.BAD_REQUEST,
                                    "no kept incident has the id \"" + id + "\"",
                                    "params.id"));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), "params");
        } catch (IncidentConflict e) {
            throw new ProtocolException(ErrorCode.CONFLICT, e.text(), "params.id");
        }
    }
}
