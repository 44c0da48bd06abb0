package io.netsentinel.detection.incident;

import io.netsentinel.detection.IncidentMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Fills an incident with members it did not gather itself, and finds the keys that lead to it.
final class Splitter {
    private final JoinKeys join;
    private final long window;

    Splitter(JoinKeys join, long window) {
        this.join = join;
        this.window = window;
    }

    Draft fill(Draft draft, List<IncidentMember> members) {
        Map<String, List<Span>> spans = new HashMap<>();
        List<IncidentMember> byTime = new ArrayList<>(members);
        byTime.sort((a, b) -> a.time().compareTo(b.time()));
        for (IncidentMember member : byTime) {
            draft.add(member);
            if (member.opener()) {
                for (String key : join.of(member.event())) {
                    spans.compute(
                            key,
                            (_, of) ->
                                    Span.with(
                                            of == null ? List.of() : of,
                                            draft.id(),
                                            member.time().toEpochMilli(),
                                            window));
                }
            }
        }
        spans.forEach((key, of) -> of.forEach(span -> draft.span(key, span)));
        return draft;
    }
}
