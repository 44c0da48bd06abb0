package io.netsentinel.it;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Holds what clients received against the ledger: every event somebody wanted and was entitled to,
/// after where delivery began, was delivered or said to be missing; and what was said to be missing
/// is not there any more.
final class ChaosVerdict {
    private static final int MOST_TOLD = 10;

    private final Ledger ledger;
    private final Map<String, BitSet> stored;
    private final Map<String, BitSet> wanted = new ConcurrentHashMap<>();
    private final List<String> told = new ArrayList<>();
    private long delivered;
    private long declared;
    private long expired;
    private long misses;
    private long untrue;

    /// @param stored by channel, what the log still has in the end
    ChaosVerdict(Ledger ledger, Map<String, BitSet> stored) {
        this.ledger = ledger;
        this.stored = stored;
    }

    ChaosVerdict judge(List<ChaosClient> clients) {
        for (ChaosClient client : clients) {
            for (ChaosSubscription subscription : client.subscriptions()) {
                subscription.tracks().forEach(track -> judge(client, subscription, track));
            }
        }
        return this;
    }

    private void judge(ChaosClient client, ChaosSubscription subscription, Track track) {
        ChaosFilter rows = client.role().who().rows();
        BitSet due =
                copy(
                        wanted.computeIfAbsent(
                                String.join(
                                        "|",
                                        track.channel(),
                                        subscription.filter().text(),
                                        rows.text()),
                                _ -> ledger.wanted(track.channel(), subscription.filter(), rows)));
        due.clear(0, (int) track.begin() + 1);
        delivered += track.delivered().cardinality();
        due.andNot(track.delivered());

        BitSet missed = copy(due);
        missed.andNot(track.declared());
        missed.andNot(track.expired());
        misses += tell(missed, "missing without a word", client, subscription, track);

        BitSet gone = copy(due);
        gone.and(track.declared());
        declared += gone.cardinality();
        gone.and(stored.getOrDefault(track.channel(), new BitSet()));
        untrue += tell(gone, "said to be gone and is there", client, subscription, track);

        BitSet old = copy(due);
        old.and(track.expired());
        expired += old.cardinality();
        old.stream()
                .boxed()
                .filter(offset -> ledger.expires(track.channel(), offset))
                .forEach(old::clear);
        untrue += tell(old, "said to have expired", client, subscription, track);
    }

    private static BitSet copy(BitSet set) {
        return (BitSet) set.clone();
    }

    private int tell(
            BitSet offsets,
            String what,
            ChaosClient client,
            ChaosSubscription subscription,
            Track track) {
        int count = offsets.cardinality();
        if (count > 0 && told.size() < MOST_TOLD) {
            told.add(
                    "%s %s [%s] %s: %s: %d from %d to %d (begun after %d, now at %d)"
                            .formatted(
                                    client.role().name(),
                                    subscription.label(),
                                    subscription.filter().text(),
                                    track.channel(),
                                    what,
                                    count,
                                    offsets.nextSetBit(0),
                                    offsets.length() - 1,
                                    track.begin(),
                                    track.position()));
        }
        return count;
    }

    /// Events that were delivered, over all subscriptions.
    long delivered() {
        return delivered;
    }

    /// Events that were said to be gone.
    long declared() {
        return declared;
    }

    /// Events that were said to have expired.
    long expired() {
        return expired;
    }

    /// Events that should have been delivered and were not, without a word.
    long misses() {
        return misses;
    }

    /// Events that were said to be missing without a reason.
    long untrue() {
        return untrue;
    }

    /// The first findings, in words.
    List<String> told() {
        return told;
    }
}
