package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One message of a client.
///
/// @param type what it wants
/// @param id what the reply repeats
/// @param fields its other members, without `type`, `id` and `data`
/// @param data the member `data` exactly as it was sent, when it is an object
@SuppressWarnings("ArrayRecordComponent") // handed on to the log as it is, never compared
record Command(String type, OptionalLong id, ObjectNode fields, Optional<byte[]> data) {

    /// A message the server makes itself, for what a client need not say.
    static Command implied(String type) {
        return new Command(type, OptionalLong.empty(), Json.object(), Optional.empty());
    }

    /// Refuses members this command does not have: a filter that is misspelt must not be no filter.
    void allow(List<String> names) {
        Iterator<String> present = fields.fieldNames();
        while (present.hasNext()) {
            String name = present.next();
            if (!names.contains(name)) {
                throw new ProtocolException(
                        ErrorCode.BAD_REQUEST, type + " has no field \"" + name + "\"", name);
            }
        }
        if (data.isPresent() && !names.contains("data")) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, type + " has no field \"data\"", "data");
        }
    }

    /// A string that must be there.
    String text(String name) {
        return optionalText(name)
                .orElseThrow(() ->
                        new ProtocolException(
                                ErrorCode.BAD_REQUEST, "\"" + name + "\" is missing", name));
    }

    /// A string, when it is there.
    Optional<String> optionalText(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "\"" + name + "\" must be a string", name);
        }
        return Optional.of(value.textValue());
    }

    /// A whole number within bounds, when it is there.
    OptionalLong optionalNumber(String name, long least, long most) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "\"" + name + "\" must be a whole number from " + least + " to " + most,
                    name);
        }
        return OptionalLong.of(value.longValue());
    }

    /// A boolean, false when it is not there.
    boolean flag(String name) {
        JsonNode value = fields.path(name);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST, "\"" + name + "\" must be true or false", name);
        }
        return value.asBoolean(false);
    }

    /// A list of strings, empty when it is not there.
    ///
    /// @param most how many there may be
    List<String> texts(String name, int most) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(one.isTextual() ? one.textValue() : ""));
        if (!value.isArray() || texts.contains("") || texts.size() > most) {
            throw new ProtocolException(
                    ErrorCode.BAD_REQUEST,
                    "\"" + name + "\" must be a list of at most " + most + " strings",
                    name);
        }
        return texts;
    }

    /// An object, empty when it is not there.
    ObjectNode object(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Json.object();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new ProtocolException(
                ErrorCode.BAD_REQUEST, "\"" + name + "\" must be an object", name);
    }
}
