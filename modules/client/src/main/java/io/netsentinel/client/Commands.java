package io.netsentinel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/// Commands and their answers. One that can be repeated without harm outlives the connection: it is
/// sent again, under the same key, until it is answered or its time is over.
///
/// Everything but [#submit] belongs to the engine's thread.
final class Commands {
    /// As many as a server works on for one connection.
    private static final int UNDER_WAY = 256;

    private static final Duration SWEEP = Duration.ofMillis(100);
    private static final long RETRY = 250;

    /// Callbacks of users run here, so that none of them holds up the engine.
    private static final Executor ELSEWHERE = task -> Thread.ofVirtual().start(task);

    private final Engine engine;
    private final Semaphore permits = new Semaphore(UNDER_WAY);
    private final Map<Long, Command> all = new LinkedHashMap<>();
    private final ArrayDeque<Command> unsent = new ArrayDeque<>();
    private final Pace pace = new Pace();
    private boolean sweeping;
    private boolean waiting;

    Commands(Engine engine) {
        this.engine = engine;
    }

    private record Command(
            long id,
            ObjectNode message,
            boolean repeatable,
            long deadline,
            CompletableFuture<ObjectNode> answer) {}

    /// Waits while too many are under way. May be called from any thread.
    CompletableFuture<ObjectNode> submit(ObjectNode message, boolean repeatable) {
        permits.acquireUninterruptibly();
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        long deadline = System.nanoTime() + engine.settings().timeout().toNanos();
        engine.post(() -> add(message, repeatable, deadline, answer));
        return answer;
    }

    private void add(
            ObjectNode message,
            boolean repeatable,
            long deadline,
            CompletableFuture<ObjectNode> answer) {
        long id = engine.nextId();
        Command command = new Command(id, message.put("id", id), repeatable, deadline, answer);
        all.put(id, command);
        if (engine.ended()) {
            failAll("the client is closed");
            return;
        }
        unsent.add(command);
        pump();
        if (!sweeping) {
            sweep();
        }
    }

    /// The server takes commands from now on.
    void connected(int perSecond) {
        pace.limit(perSecond, System.nanoTime());
        pump();
    }

    private void pump() {
        while (engine.connected() && !unsent.isEmpty()) {
            Command command = unsent.peek();
            if (!all.containsKey(command.id())) {
                unsent.remove(); // its time ran out
                continue;
            }
            Duration wait = pace.take(System.nanoTime());
            if (!wait.isZero()) {
                pumpLater(wait);
                return;
            }
            unsent.remove();
            engine.send(command.message());
        }
    }

    private void pumpLater(Duration wait) {
        if (!waiting) {
            waiting = true;
            engine.later(
                    wait,
                    () -> {
                        waiting = false;
                        pump();
                    });
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Command command : new ArrayList<>(all.values())) {
            if (now - command.deadline() >= 0) {
                fail(command, NetSentinelException.unanswered(late(command)));
            }
        }
        sweeping = !all.isEmpty();
        if (sweeping) {
            engine.later(SWEEP, this::sweep);
        }
    }

    private String late(Command command) {
        String what = "no answer to " + command.message().path("type").asText();
        String text = what + " within " + engine.settings().timeout().toMillis() + " ms";
        return command.message().has("key")
                ? text + "; whether it was stored is not known: repeat it with the same key"
                : text;
    }

    /// Completes the command that this answers.
    ///
    /// @return false when it answers none
    boolean answer(ObjectNode message) {
        Command command = all.remove(message.path("id").asLong());
        if (command == null) {
            return false;
        }
        permits.release();
        command.answer().completeAsync(() -> message, ELSEWHERE);
        return true;
    }

    /// Fails the command that this refuses, or lets it wait for another attempt.
    ///
    /// @return false when it refuses none
    boolean error(ObjectNode message) {
        Command command = all.get(message.path("id").asLong());
        if (command == null) {
            return false;
        }
        NetSentinelException error = NetSentinelException.of(message);
        if (error.temporary() && command.repeatable()) {
            long pause = RETRY + (long) (RETRY * engine.settings().random().getAsDouble());
            Duration wait = Duration.ofMillis(Math.max(pause, error.retryAfter().toMillis()));
            engine.later(wait, () -> again(command));
        } else {
            fail(command, error);
        }
        return true;
    }

    private void again(Command command) {
        if (all.containsKey(command.id()) && !unsent.contains(command)) {
            unsent.add(command);
            pump();
        }
    }

    /// The connection is gone: what was sent and cannot be repeated has failed.
    void lost() {
        for (Command command : new ArrayList<>(all.values())) {
            if (!command.repeatable() && !unsent.contains(command)) {
                fail(command, NetSentinelException.unanswered("the connection was lost"));
            }
        }
        unsent.clear();
        unsent.addAll(all.values());
    }

    void failAll(String why) {
        new ArrayList<>(all.values())
                .forEach(command -> fail(command, NetSentinelException.unanswered(why)));
        unsent.clear();
    }

    private void fail(Command command, NetSentinelException why) {
        if (all.remove(command.id()) != null) {
            permits.release();
            ELSEWHERE.execute(() -> command.answer().completeExceptionally(why));
        }
    }
}
