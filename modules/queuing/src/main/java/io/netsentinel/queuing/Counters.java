package io.netsentinel.queuing;

import java.util.concurrent.atomic.LongAdder;

/// What the log counts while it runs.
final class Counters {
    final LongAdder events = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder groups = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder recordsRead = new LongAdder();
    final LongAdder projectionFailures = new LongAdder();
    final Histogram commit = new Histogram();
    final Histogram append = new Histogram();
    final Histogram readerWait = new Histogram();
}
