package io.netsentinel.detection.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ModelStatusTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aStatusBecomesAnEventWithItsFigures() {
        Event event =
                read("{'state':'metrics','metrics':{'auc':0.93,'f1':0.8},'version':'v3','progress':0.5}")
                        .event("trainer", Instant.EPOCH);

        assertThat(event.text("event.action")).isEqualTo("metrics");
        assertThat(event.text("message")).isEqualTo("rcf: metrics");
        assertThat(event.text("ns.ml.user")).isEqualTo("trainer");
        assertThat(event.value("ns.ml.progress")).contains(0.5);
        assertThat(event.value("ns.ml.metrics").orElseThrow())
                .isEqualTo(
                        List.of(
                                Map.of("name", "auc", "value", 0.93),
                                Map.of("name", "f1", "value", 0.8)));
        assertThat(Event.fromJson(event.toJson()).text("ns.ml.model")).isEqualTo("rcf");
    }

    @Test
    void whatMakesNoSenseIsRefusedWithItsName() {
        refused("{'state':'dancing'}", "state:");
        refused("{}", "state:");
        refused("{'state':'progress'}", "progress:");
        refused("{'state':'progress','progress':2}", "progress:");
        refused("{'state':'metrics'}", "metrics:");
        refused("{'state':'metrics','metrics':{'a b':1}}", "metrics:");
        refused("{'state':'metrics','metrics':{'a':'1'}}", "metrics:");
        refused("{'state':'failed'}", "message:");
        refused("{'state':'training','colour':1}", "\"colour\"");
        refused("{'state':'training','message':1}", "message:");
        assertThatThrownBy(() -> ModelStatus.read("No Model", JSON.createObjectNode()))
                .hasMessageStartingWith("model:");
    }

    private static void refused(String body, String beginning) {
        assertThatThrownBy(() -> read(body))
                .as(body)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(beginning);
    }

    private static ModelStatus read(String body) {
        try {
            return ModelStatus.read("rcf", JSON.readTree(body.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
