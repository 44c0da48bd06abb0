package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.Action;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.detection.Status;
import io.netsentinel.detection.TriageResult;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SmallPartsTest {
    @Test
    void theAddressOfAListReadsBackAsTheSameList() {
        AlertsView view =
                new AlertsView(
                        Set.of(Severity.CRITICAL, Severity.LOW),
                        Set.of(Status.ACKNOWLEDGED),
                        "a b&c",
                        "source.ip = \"192.0.2.7\"",
                        Window.of(TimeRange.DAY),
                        true,
                        Optional.of(GroupBy.SOURCE),
                        "cursor",
                        "01X");
        assertThat(view.href())
                .isEqualTo(
                        "/alerts?severity=critical,low&status=acknowledged&q=a+b%26c&filter=source.ip+%3D+%22192.0.2.7%22&range=24h&sort=severity&group=source&before=cursor&alert=01X");
        assertThat(GivenView.parse(view.href())).isEqualTo(view);
        assertThat(AlertsView.parse(_ -> Optional.empty())).isEqualTo(AlertsView.DEFAULT);
        assertThat(AlertsView.DEFAULT.href()).isEqualTo("/alerts");
        assertThat(GivenView.parse("/alerts")).isEqualTo(AlertsView.DEFAULT);
    }

    @Test
    void anAddressFromElsewhereIsReadAsFarAsItMakesSense() {
        Map<String, String> odd =
                Map.of("severity", "loud,high", "status", "all", "range", "century", "sort", "up");
        AlertsView view = AlertsView.parse(name -> Optional.ofNullable(odd.get(name)));
        assertThat(view.severities()).containsExactly(Severity.HIGH);
        assertThat(view.statuses()).isEmpty();
        assertThat(view.window().range()).isEqualTo(TimeRange.ALL);
        assertThat(view.href()).isEqualTo("/alerts?severity=high&status=all");
    }

    @Test
    void aFilterThatChangesLeavesTheOldPlaceInTheList() {
        AlertsView view = AlertsView.DEFAULT.older("cursor").toggle(Severity.HIGH);
        assertThat(view.before()).isEmpty();
        assertThat(view.toggle(Severity.HIGH).severities()).isEmpty();
    }

    @Test
    void formsLeadBackToThisServerOnly() {
        assertThat(SafePath.of("/alerts?a=b")).isEqualTo("/alerts?a=b");
        for (String bad :
                List.of(
                        "",
                        "alerts",
                        "//x",
                        "/\\x",
                        "https://x",
                        "/a\r\nb",
                        "/ä",
                        "javascript:x")) {
            assertThat(SafePath.of(bad)).as(bad).isEqualTo("/");
        }
    }

    @Test
    void whatCannotBeSeenIsSpeltOut() {
        assertThat(Visible.of("plain text, ümläut, 漢字, 😀\n\t"))
                .isEqualTo("plain text, ümläut, 漢字, 😀\n\t");
        assertThat(Visible.of("a\u202Eb")).isEqualTo("a\\u{202e}b");
        assertThat(Visible.of("\u0000\u001b[0m\u200B\u2028"))
                .isEqualTo("\\u{0}\\u{1b}[0m\\u{200b}\\u{2028}");
        assertThat(Visible.of("x\uD800y😀\u0085")).isEqualTo("x\\u{d800}y😀\\u{85}");
    }

    @Test
    void bytesAreShownAsTextOrAsADump() {
        assertThat(Payload.base64("P", "R0VUIC8gSFRUUC8xLjENCg==").text())
                .isEqualTo("GET / HTTP/1.1");
        Payload dump = Payload.base64("P", "AAECQUJD/w==");
        assertThat(dump.text()).startsWith("00000000  00 01 02 41 42 43 ff").contains("...ABC.");
        assertThat(dump.style()).isEmpty();
        assertThat(Payload.base64("P", "A").title()).contains("not valid Base64");
        Payload cut = Payload.printable("P", "x".repeat(20_000));
        assertThat(cut.text()).hasSize(16_384);
        assertThat(cut.note()).contains("16.0 KiB").contains("19.5 KiB");
    }

    @Test
    void numbersReadWell() {
        assertThat(Numbers.whole(1_234_567)).isEqualTo("1,234,567");
        assertThat(Numbers.rate(3.14)).isEqualTo("3.1");
        assertThat(Numbers.rate(0)).isEqualTo("0");
        assertThat(Numbers.rate(1_880.6)).isEqualTo("1,881");
        assertThat(Numbers.bytes(1_023)).isEqualTo("1,023 bytes");
        assertThat(Numbers.bytes(5 * 1_024 * 1_024)).isEqualTo("5.0 MiB");
        assertThat(Numbers.count(1, "alert") + Numbers.count(2, "alert"))
                .isEqualTo("1 alert2 alerts");
    }

    @Test
    void aSparklineStandsOnZeroAndIsFlatWithoutValues() {
        assertThat(Sparkline.of().line()).isEqualTo("0.0,25.0 100.0,25.0");
        assertThat(Sparkline.of(0, 5, 10).line()).isEqualTo("0.0,25.0 50.0,13.5 100.0,2.0");
        assertThat(Sparkline.of(4).area()).isEqualTo("0,26 0.0,2.0 100.0,2.0 100,26");
    }

    @Test
    void aSparklineLeavesOutWhatIsNotKnownAndMovesNothingElse() {
        double unknown = Double.NaN;
        Sparkline young = Sparkline.of(unknown, unknown, 5, unknown, 10);
        assertThat(young.line()).isEqualTo("50.0,13.5 100.0,2.0");
        assertThat(young.area()).isEqualTo("50.0,26 50.0,13.5 100.0,2.0 100,26");
        assertThat(Sparkline.of(unknown, unknown).line()).isEqualTo("0.0,25.0 100.0,25.0");
        assertThat(Sparkline.of(unknown, 3, unknown).line()).isEqualTo("0.0,2.0 100.0,2.0");
    }

    @Test
    void aTrendKeepsTheNewestInOrder() {
        Trend trend = new Trend(3);
        for (int i = 1; i <= 5; i++) {
            trend.add(i);
        }
        assertThat(trend.values()).containsExactly(3, 4, 5);
    }

    @Test
    void aRateCoversTheLastReadings() {
        RateOfChange rate = new RateOfChange(2);
        assertThat(rate.perSecond()).isZero();
        rate.add(0, 100);
        assertThat(rate.perSecond()).isZero();
        rate.add(1_000_000_000L, 200);
        assertThat(rate.perSecond()).isEqualTo(100);
        rate.add(2_000_000_000L, 600);
        rate.add(3_000_000_000L, 800);
        assertThat(rate.perSecond()).isEqualTo(300);
    }

    @Test
    void aMessageNamesWhoWasFirst() {
        var changed = new TriageResult.Changed("A", Status.ESCALATED, Status.ACKNOWLEDGED, 1);
        var conflict =
                new TriageResult.Conflict(
                        "B", Status.ACKNOWLEDGED, "bob", Instant.parse("2026-11-23T03:44:21Z"));
        Toast toast =
                Toast.of(
                        Action.ACK,
                        new TriageResult(List.of(changed), List.of(conflict), List.of("C")),
                        made -> new Undoing().of("ada", made));
        assertThat(toast.text())
                .isEqualTo(
                        "Acknowledged. Already acknowledged by bob at 03:44:21. 1 alert no longer kept.");
        assertThat(toast.undo().fields()).containsExactly(new Toast.Field("escalated", "A"));
        assertThat(toast.bad()).isFalse();
        assertThat(
                        Toast.of(
                                        Action.NOTE,
                                        new TriageResult(List.of(changed), List.of(), List.of()),
                                        made -> new Undoing().of("ada", made))
                                .undoable())
                .isFalse();
    }

    @Test
    void eachUserHasBatchesToTakeBackWhateverOthersDo() {
        Undoing undoing = new Undoing();
        var changed = List.of(new TriageResult.Changed("A", Status.OPEN, Status.ACKNOWLEDGED, 1));
        String ann = undoing.keep("ann", changed);
        String first = undoing.keep("bob", changed);
        for (int i = 0; i < Undoing.MOST; i++) {
            undoing.keep("bob", changed);
        }
        assertThat(undoing.kept("ann", ann)).isEqualTo(Map.of(Status.OPEN, List.of("A")));
        assertThat(undoing.kept("bob", ann)).isEmpty();
        assertThat(undoing.kept("bob", first)).isEmpty();
    }

    @Test
    void whatIsTooMuchForOnceIsSaid() {
        List<TriageResult.Changed> many =
                Collections.nCopies(
                        9_999, new TriageResult.Changed("A", Status.OPEN, Status.ACKNOWLEDGED, 1));
        assertThat(TriageForms.rest(new TriageResult(many, List.of(), List.of()))).isEmpty();
        assertThat(TriageForms.rest(new TriageResult(many, List.of(), List.of("B"))))
                .contains("There may be more");
    }
}
