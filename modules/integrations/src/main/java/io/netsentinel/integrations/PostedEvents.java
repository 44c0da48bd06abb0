package io.netsentinel.integrations;

import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.IdempotencyKey;
import io.netsentinel.queuing.Position;
import io.netsentinel.queuing.QueueFullException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Takes in one posted body, piece by piece: while one piece is written the next is read. The
/// pieces depend on the body alone, so a body that is posted again under the same key is recognised
/// piece by piece, also when the first attempt got only half through.
final class PostedEvents {
    private static final int MOST_LINES = 1_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_REJECTIONS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofMillis(20);

    private final IngestContext ingest;
    private final Tally tally;
    private final Batch batch;
    private final Optional<IdempotencyKey> key;
    private final List<Batch.Outcome.Taken> taken = new ArrayList<>();

    private long accepted;
    private final List<Rejection> rejected = new ArrayList<>();
    private long rejections;
    private final Map<String, List<Long>> offsets = new TreeMap<>();

    private int bytes;
    private int pieces;
    private int duplicates;
    private Optional<Piece> underway = Optional.empty();

    private record Piece(
            Append append, Batch.Content content, int lines, CompletableFuture<Appended> answer) {}

    /// A line that was not taken.
    ///
    /// @param line its number, or that of the element of an array, from 1
    record Rejection(long line, String error) {}

    /// What became of a body, or of the part of it that was read.
    ///
    /// @param rejected the first thousand that were not taken
    /// @param rejections how many were not taken
    /// @param duplicate whether all of it was there already, by its idempotency key
    /// @param offsets by channel
    record Result(
            long accepted,
            List<Rejection> rejected,
            long rejections,
            boolean duplicate,
            Map<String, List<Long>> offsets) {}

    /// The same key was used for another body before.
    static final class KeyReusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        KeyReusedException() {
            super("the idempotency key was used for another body", null, false, false);
        }
    }

    PostedEvents(IngestContext ingest, Tally tally, Batch batch, Optional<IdempotencyKey> key) {
        this.ingest = ingest;
        this.tally = tally;
        this.batch = batch;
        this.key = key;
    }

    /// Reads the whole body.
    ///
    /// @throws IOException when the body cannot be read
    /// @throws RuntimeException what the log refused with; see [#result()] for what was committed
    ///   before
    void read(InputStream body, int maxLine, boolean json) throws IOException {
        try {
            new BodyReader(maxLine, json, new Taker()).read(body);
            send();
        } finally {
            // also after a failure: what is on its way is told in the answer
            settle();
        }
    }

    Result result() {
        boolean duplicate = pieces > 0 && duplicates == pieces;
        return new Result(accepted, List.copyOf(rejected), rejections, duplicate, offsets);
    }

    private final class Taker implements BodyReader.Items {
        @Override
        public void item(byte[] line, int offset, int length, long number) {
            DeadLetters.Place place = new DeadLetters.Place(number, "POST /api/events");
            note(batch.line(line, offset, length, place), number);
            bytes += length;
            if (batch.size() >= MOST_LINES || bytes >= MOST_BYTES) {
                send();
            }
        }

        @Override
        public void refused(byte[] sample, String reason, long number) {
            DeadLetters.Place place = new DeadLetters.Place(number, "POST /api/events");
            note(batch.refuse(sample, 0, sample.length, reason, place), number);
        }
    }

    private void note(Batch.Outcome outcome, long number) {
        switch (outcome) {
            case Batch.Outcome.Taken one -> taken.add(one);
            case Batch.Outcome.Refused(String reason) -> {
                rejections++;
                if (rejected.size() < MOST_REJECTIONS) {
                    rejected.add(new Rejection(number, reason));
                }
            }
            case Batch.Outcome.Nothing _ -> {}
        }
    }

    private void send() {
        settle();
        Batch.Content content = batch.drain();
        int lines = taken.size();
        taken.clear();
        bytes = 0;
        if (content.entries().isEmpty()) {
            return;
        }
        Optional<IdempotencyKey> pieceKey =
                key.map(base -> new IdempotencyKey(base.scope(), base.key() + "#" + pieces));
        pieces++;
        Append append = new Append(content.entries(), List.of(), pieceKey);
        underway = Optional.of(new Piece(append, content, lines, ingest.publish().apply(append)));
    }

    private void settle() {
        if (underway.isEmpty()) {
            return;
        }
        Piece piece = underway.get();
        underway = Optional.empty();
        Appended appended = committed(piece);
        if (appended.positions().size() != piece.append().entries().size()) {
            throw new KeyReusedException();
        }
        accepted += piece.lines();
        for (Position position : appended.positions()) {
            if (!position.channel().equals(io.netsentinel.events.Channel.DEAD_LETTERS)) {
                offsets.computeIfAbsent(position.channel(), _ -> new ArrayList<>())
                        .add(position.offset());
            }
        }
        if (appended.duplicate()) {
            duplicates++;
        } else {
            tally.accepted(piece.content().sightings().size());
            piece.content().sightings().forEach(ingest.sensors()::saw);
        }
    }

    /// A log that is busy gets some time; meanwhile nothing more is read, so the sender waits too.
    private Appended committed(Piece piece) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        CompletableFuture<Appended> answer = piece.answer();
        while (true) {
            try {
                return answer.join();
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof QueueFullException full)) {
                    throw e.getCause() instanceof RuntimeException cause ? cause : e;
                }
                if (System.nanoTime() - deadline > 0 || !sleep()) {
                    throw full;
                }
                answer = ingest.publish().apply(piece.append());
            }
        }
    }

    private static boolean sleep() {
        try {
            Thread.sleep(RETRY);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
