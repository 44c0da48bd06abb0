package io.netsentinel.integrations.export;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Locale;

/// The OCSF classes events become, with what each one calls its activities.
enum OcsfClass {
    BASE(0, "Base Event", 0, "Uncategorized"),
    DETECTION_FINDING(2004, "Detection Finding", 2, "Findings"),
    AUTHENTICATION(3002, "Authentication", 3, "Identity & Access Management"),
    NETWORK_ACTIVITY(4001, "Network Activity", 4, "Network Activity"),
    HTTP_ACTIVITY(4002, "HTTP Activity", 4, "Network Activity"),
    DNS_ACTIVITY(4003, "DNS Activity", 4, "Network Activity");

    private static final Activity UNKNOWN = new Activity(0, "Unknown");
    private static final List<String> METHODS =
            List.of("connect", "delete", "get", "head", "options", "post", "put", "trace");

    private final int uid;
    private final String text;
    private final int category;
    private final String categoryText;

    OcsfClass(int uid, String text, int category, String categoryText) {
        this.uid = uid;
        this.text = text;
        this.category = category;
        this.categoryText = categoryText;
    }

    /// What was done, in the class's own numbers.
    record Activity(int id, String text) {}

    int uid() {
        return uid;
    }

    String text() {
        return text;
    }

    int category() {
        return category;
    }

    String categoryText() {
        return categoryText;
    }

    /// The class an event has all that must be there for.
    static OcsfClass of(Event event) {
        boolean addressed = event.has(Fields.SOURCE_IP) || event.has(Fields.DESTINATION_IP);
        if (event.kind().equals("alert")) {
            return DETECTION_FINDING;
        }
        if (signIn(event) && event.has(Fields.USER_NAME)) {
            return AUTHENTICATION;
        }
        if (!event.has(Fields.DESTINATION_IP)) {
            return BASE;
        }
        if (event.has(Fields.DNS_QUESTION_NAME)) {
            return DNS_ACTIVITY;
        }
        if (event.has(Fields.HTTP_REQUEST_METHOD) || event.has(Fields.HTTP_RESPONSE_STATUS_CODE)) {
            return HTTP_ACTIVITY;
        }
        boolean network =
                event.text(Fields.EVENT_CATEGORY).contains("network")
                        || event.has(Fields.NETWORK_TRANSPORT);
        return addressed && network ? NETWORK_ACTIVITY : BASE;
    }

    private static boolean signIn(Event event) {
        return event.text(Fields.EVENT_CATEGORY).contains("authentication");
    }

    Activity activity(Event event) {
        return switch (this) {
            case BASE -> UNKNOWN;
            case DETECTION_FINDING -> new Activity(1, "Create");
            case AUTHENTICATION ->
                    event.text(Fields.EVENT_TYPE).contains("end")
                            ? new Activity(2, "Logoff")
                            : new Activity(1, "Logon");
            case NETWORK_ACTIVITY -> connection(event);
            case HTTP_ACTIVITY -> method(event);
            case DNS_ACTIVITY ->
                    event.text(Fields.DNS_TYPE).equals("query")
                            ? new Activity(1, "Query")
                            : new Activity(2, "Response");
        };
    }

    private static Activity connection(Event event) {
        if (event.text(Fields.EVENT_REASON).equals("rst")) {
            return new Activity(3, "Reset");
        }
        List<String> types = List.of(event.text(Fields.EVENT_TYPE).split(",", -1));
        if (types.contains("denied")) {
            return new Activity(5, "Refuse");
        }
        if (types.contains("end")) {
            return new Activity(2, "Close");
        }
        return types.contains("start") ? new Activity(1, "Open") : new Activity(6, "Traffic");
    }

    private static Activity method(Event event) {
        String method = event.text(Fields.HTTP_REQUEST_METHOD).toLowerCase(Locale.ROOT);
        int place = METHODS.indexOf(method);
        if (place < 0) {
            return method.isEmpty() ? UNKNOWN : new Activity(99, "Other");
        }
        return new Activity(
                place + 1, method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1));
    }
}
