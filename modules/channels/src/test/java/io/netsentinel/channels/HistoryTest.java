package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    @TempDir Path directory;
    private Fixture at;

    @BeforeEach
    void open() {
        at = new Fixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private HistoryPage read(HistoryRequest request) {
        return at.hub.history(request).join();
    }

    private static List<Long> offsets(HistoryPage page) {
        return page.events().stream().map(e -> e.offset()).toList();
    }

    private static HistoryRequest lab() {
        return HistoryRequest.of(Fixture.CHANNEL);
    }

    @Test
    void pagesFollowEachOtherByTheirNextPosition() {
        at.numbers(1, 1200);
        List<Long> all = new ArrayList<>();
        HistoryPage page = read(lab().limit(500));
        while (!page.events().isEmpty()) {
            all.addAll(offsets(page));
            page = read(lab().limit(500).from(page.next().getAsLong()));
        }
        assertThat(all).hasSize(1200).isSorted().doesNotHaveDuplicates();
        assertThat(page.next()).isEqualTo(OptionalLong.of(1200));
    }

    @Test
    void backwardsItEndsWithoutANextPosition() {
        at.numbers(1, 7);
        HistoryPage newest = read(lab().backwards().limit(4));
        assertThat(offsets(newest)).containsExactly(7L, 6L, 5L, 4L);
        HistoryPage rest = read(lab().backwards().limit(4).from(newest.next().getAsLong()));
        assertThat(offsets(rest)).containsExactly(3L, 2L, 1L);
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void aFilteredPageMovesOnEvenWhenItIsEmpty() {
        at.numbers(1, 50);
        HistoryPage page = read(lab().selecting(Fixture.filter("n = -1")));
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).isEqualTo(OptionalLong.of(50));
        assertThat(offsets(read(lab().selecting(Fixture.filter("n > 48")))))
                .containsExactly(49L, 50L);
    }

    @Test
    void aRareEventIsFoundBehindManyOthersBothWays() {
        at.numbers(1, 1_700);
        assertThat(offsets(read(lab().backwards().selecting(Fixture.filter("n = 1")))))
                .containsExactly(1L);
        assertThat(offsets(read(lab().selecting(Fixture.filter("n = 1700")))))
                .containsExactly(1_700L);
    }

    @Test
    void whatOneAnswerDidNotLookAtTheNextOneDoes() {
        at.numbers(1, 9_000);
        at.numbers(9_001, 10_600);
        HistoryRequest rare = lab().backwards().selecting(Fixture.filter("n = 1"));
        HistoryPage nothing = read(rare);
        assertThat(nothing.events()).isEmpty();
        assertThat(nothing.next().getAsLong()).isBetween(2L, 601L);
        HistoryPage rest = read(rare.from(nothing.next().getAsLong()));
        assertThat(offsets(rest)).containsExactly(1L);
        assertThat(rest.next()).isEmpty();
    }

    @Test
    void sinceATimeNothingOlderIsRead() {
        at.numbers(1, 3);
        Instant third = Instant.ofEpochMilli(read(lab()).events().getLast().time());
        assertThat(offsets(read(lab().since(third)))).contains(3L);
        assertThat(offsets(read(lab().since(third.plusMillis(1))))).isEmpty();
        assertThat(offsets(read(lab().since(third).backwards()))).contains(3L);
        assertThat(offsets(read(lab().since(third.plusMillis(1)).backwards()))).isEmpty();
    }

    @Test
    void thePageIsWrittenAsTheProtocolsEvents() {
        at.publish(Fixture.entry("{\"a\":1}", 2, 0));
        String json = new String(read(lab()).toJson(), StandardCharsets.UTF_8);
        assertThat(json)
                .matches(
                        "\\{\"epoch\":\"[a-z2-7]{8}\",\"events\":\\[\\{\"type\":\"event\","
                                + "\"channel\":\"lab\",\"offset\":1,\"time\":\\d+,\"priority\":2,"
                                + "\"data\":\\{\"a\":1}}],\"next\":1}");
    }

    @Test
    void anEmptyChannelHasAnEmptyPage() {
        assertThat(read(lab()).events()).isEmpty();
        assertThat(read(lab()).next()).isEqualTo(OptionalLong.of(0));
        assertThat(read(lab().backwards()).next()).isEmpty();
    }

    @Test
    void unknownChannelsAndImpossibleNumbersAreRefused() {
        assertThatThrownBy(() -> read(HistoryRequest.of("nowhere")))
                .hasCauseInstanceOf(UnknownChannelException.class);
        assertThatThrownBy(() -> lab().limit(0)).hasMessageContaining("limit");
        assertThatThrownBy(() -> lab().from(-1)).hasMessageContaining("negative");
    }
}
