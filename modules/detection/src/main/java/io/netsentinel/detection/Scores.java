package io.netsentinel.detection;

import io.netsentinel.channels.Hub;
import io.netsentinel.detection.score.ScoreKeeper;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;

/// How bad it is, live: of every host, sensor and network a score of what is told about it, in
/// which everything weighs less as time goes by.
public final class Scores implements AutoCloseable {
    private final ScoreKeeper keeper;

    private Scores(ScoreKeeper keeper) {
        this.keeper = keeper;
    }

    /// Reads what still weighs from the log, and follows it.
    public static Scores start(EventLog log, Hub hub, Clock clock, ScoreSettings settings) {
        return new Scores(ScoreKeeper.start(log, hub, clock, settings));
    }

    /// The standings now.
    ///
    /// @param most of each kind
    public ScoreBoard board(int most) {
        return keeper.board(most);
    }

    @Override
    public void close() {
        keeper.close();
    }
}
