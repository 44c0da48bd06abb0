package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Api.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The formats other than EVE, from a file and posted.
class FormatsTest {
    private static final String HEADER =
            "#separator \\x09\n#unset_field\t-\n#path\tconn\n#fields\tts\tuid\tid.orig_h\n#types\ttime\tstring\taddr\n";

    @TempDir Path temporary;

    private static String row(int number) {
        return "1780315200.5\tC" + number + "\t192.0.2.1\n";
    }

    @Test
    void aTabSeparatedFileIsReadOnAfterARestartThoughItsHeaderIsLongPast() {
        try (Lab lab = new Lab(temporary, "conn.log")) {
            lab.configure(settings -> settings.withFormat("zeek"));
            lab.append("conn.log", HEADER + row(1) + row(2));
            lab.start();
            lab.await(() -> lab.tail(Channel.NETWORK) == 2);
            lab.stop();
            lab.append("conn.log", row(3));
            lab.start();
            lab.await(() -> lab.tail(Channel.NETWORK) == 3);

            Event last = lab.events(Channel.NETWORK).getLast();
            assertThat(last.text(Fields.FLOW_ID)).isEqualTo("C3");
            assertThat(last.text(Fields.EVENT_DATASET)).isEqualTo("zeek.conn");
            assertThat(lab.status().deadLetters()).isZero();
        }
    }

    @Test
    void aRotatedTabSeparatedFileAndTheNextOneAreReadByTheirOwnHeaders() throws IOException {
        try (Lab lab = new Lab(temporary, "conn.log")) {
            lab.configure(settings -> settings.withFormat("zeek"));
            lab.append("conn.log", HEADER + row(1));
            lab.start();
            lab.await(() -> lab.tail(Channel.NETWORK) == 1);
            Files.move(lab.file("conn.log"), lab.file("conn.2026-06-01-12-00-00.log"));
            lab.append("conn.2026-06-01-12-00-00.log", row(2));
            lab.append(
                    "conn.log",
                    HEADER.replace("uid\tid.orig_h", "id.orig_h\tuid")
                            + "1780315200.5\t192.0.2.1\tC3\n");
            lab.await(() -> lab.tail(Channel.NETWORK) == 3);

            assertThat(lab.events(Channel.NETWORK))
                    .extracting(event -> event.text(Fields.FLOW_ID))
                    .containsExactly("C1", "C2", "C3");
            assertThat(lab.status().deadLetters()).isZero();
        }
    }

    @Test
    void headerLinesOfAPostedFileAreNotCounted() {
        try (Api api = new Api(temporary)) {
            Reply reply =
                    api.post("format=zeek", HEADER + row(1) + "broken\n" + row(2) + "#close\tx\n");

            assertThat(reply.json().path("accepted").asInt()).isEqualTo(2);
            assertThat(reply.json().path("rejected").size()).isEqualTo(1);
            assertThat(reply.json().path("rejected").path(0).path("line").asInt()).isEqualTo(7);
        }
    }

    @Test
    void postedSyslogNeedsNoPriorityAndCowrieMayBeAnArray() {
        try (Api api = new Api(temporary)) {
            assertThat(
                            api.post("format=syslog", "Oct 11 22:14:15 h app: x\n<13>y\n\n[1]\n")
                                    .json()
                                    .path("accepted")
                                    .asInt())
                    .isEqualTo(3);
            assertThat(
                            api.post(
                                            "format=cowrie",
                                            "[{\"eventid\":\"cowrie.login.success\"},{\"eventid\":\"cowrie.x\"}]")
                                    .json()
                                    .path("offsets")
                                    .toString())
                    .isEqualTo("{\"honeypot\":[1,2],\"threats\":[1]}");
        }
    }
}
