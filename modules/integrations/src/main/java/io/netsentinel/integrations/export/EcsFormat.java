package io.netsentinel.integrations.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;

/// ECS documents as Elastic's own tools write them: events are ECS already, but for the names of id
/// and input line. What ECS does not have stays under `ns`.
final class EcsFormat implements EventFormat {
    private static final String VERSION = "9.0.0";

    @Override
    public ObjectNode write(Event event, String channel, long offset) {
        Event.Builder document = event.toBuilder();
        document.remove(Fields.ID).remove(Fields.RAW);
        document.put("ecs.version", VERSION);
        document.putText("event.id", event.id());
        document.putText("event.original", event.text(Fields.RAW));
        document.put("event.sequence", offset);
        document.put("data_stream.dataset", channel);
        return Lines.tree(document.part());
    }
}
