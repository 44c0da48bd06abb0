package io.netsentinel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread of a client. Everything that happens comes to it as a task, so nothing here needs
/// a lock: it opens the connection, keeps it, loses it and comes back.
final class Engine {
    private static final Logger LOG = System.getLogger(Engine.class.getName());
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(5);
    private static final Duration UNWELCOME = Duration.ofSeconds(1);
    private static final int NORMAL = 1000;
    private static final int ABNORMAL = 1006;
    private static final int SILENT = 4012;
    private static final int FOR_GOOD = 4500;
    private static final int PROTOCOL_ERROR = 4501;

    /// Another connection holds a durable subscription now: whoever comes back would take it away
    /// again, and so on.
    private static final int TAKEN_OVER = 4011;

    private static final int LAST_OWN = 4999;

    private final Settings settings;
    private final LinkedBlockingQueue<Runnable> mailbox = new LinkedBlockingQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final ReentrantLock afterwards = new ReentrantLock();
    private final Backoff backoff;
    private final Commands commands;
    private final Dispatcher dispatcher;
    private final HttpClient http;
    private final Thread thread;
    private @Nullable Link link;
    private @Nullable String token;
    private boolean greeted;
    private boolean connected;
    private boolean reopening;
    private @Nullable Farewell farewell;
    private long ids;
    private volatile boolean ended;
    private volatile State state = new State.Connecting();

    Engine(Settings settings) {
        this.settings = settings;
        http = settings.http().orElseGet(HttpClient::newHttpClient);
        backoff = new Backoff(settings.random());
        commands = new Commands(this);
        dispatcher = new Dispatcher(this, commands);
        thread = Thread.ofVirtual().name("netsentinel-client").unstarted(this::run);
    }

    private record Timer(long due, Runnable task) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            return Long.signum(due - other.due);
        }
    }

    /// What the server said before it closed; a proxy may eat the close code.
    private record Farewell(int code, String reason, boolean reconnect) {}

    void start() {
        thread.start();
    }

    Settings settings() {
        return settings;
    }

    State state() {
        return state;
    }

    Commands commands() {
        return commands;
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    boolean ended() {
        return ended;
    }

    /// Has a task run on the engine's thread. May be called from any thread.
    void post(Runnable task) {
        mailbox.add(task);
        if (ended) {
            drain();
        }
    }

    /// After the end, whoever comes does the rest: it only fails.
    private void drain() {
        afterwards.lock();
        try {
            for (Runnable task = mailbox.poll(); task != null; task = mailbox.poll()) {
                task.run();
            }
        } finally {
            afterwards.unlock();
        }
    }

    // ---- on the engine's thread

    private void run() {
        open();
        while (!ended) {
            try {
                step();
            } catch (InterruptedException _) {
                finish(NORMAL, "interrupted");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "the client failed and connects anew", e);
                lose(ABNORMAL, "the client failed");
            }
        }
        drain();
    }

    private void step() throws InterruptedException {
        Timer next = timers.peek();
        Runnable task =
                next == null
                        ? mailbox.take()
                        : mailbox.poll(next.due() - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (task != null) {
            task.run();
        }
        while (!ended && !timers.isEmpty() && timers.peek().due() - System.nanoTime() <= 0) {
            timers.remove().task().run();
        }
    }

    void later(Duration pause, Runnable task) {
        timers.add(new Timer(System.nanoTime() + pause.toNanos(), task));
    }

    long nextId() {
        return ++ids;
    }

    boolean connected() {
        return connected;
    }

    /// Whether `connect` is on its way, so that commands may follow.
    boolean greeted() {
        return greeted;
    }

    void send(ObjectNode message) {
        Link open = link;
        if (open != null) {
            open.send(message);
        }
    }

    private void open() {
        reopening = false;
        Link mine =
                new Link(
                        this,
                        settings.messagePack(),
                        settings.encryption().map(_ -> new Secrecy()));
        link = mine;
        become(new State.Connecting());
        Thread.ofVirtual().name("netsentinel-connect").start(() -> connect(mine));
    }

    /// The token's supplier may take its time, so this is not the engine's thread.
    private void connect(Link mine) {
        try {
            Optional<String> its = settings.token().map(Supplier::get);
            post(() -> token = mine == link ? its.orElse(null) : token);
            var _ =
                    http.newWebSocketBuilder()
                            .connectTimeout(HANDSHAKE)
                            .subprotocols(
                                    settings.messagePack()
                                            ? "netsentinel.v1.msgpack"
                                            : "netsentinel.v1.json")
                            .buildAsync(settings.address(), mine)
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    post(() -> refused(mine, failure));
                                }
                            });
        } catch (RuntimeException e) {
            post(() -> {
                dispatcher.problem(NetSentinelException.local("no token or no address", e));
                lost(mine, ABNORMAL, "cannot connect: " + e.getClass().getSimpleName());
            });
        }
    }

    /// One round trip: identity and every subscription with its position.
    void opened(Link from) {
        if (from != link) {
            from.abort();
            return;
        }
        from.secrecy().ifPresentOrElse(keys -> offer(from, keys), () -> greet(from));
        watch(from);
    }

    /// Agrees on keys before anything else is said.
    private void offer(Link from, Secrecy keys) {
        ObjectNode connect = Frames.object().put("type", "connect").put("id", nextId());
        connect.putObject("encrypt").put("key", keys.offer());
        dispatcher.offer(connect);
        from.send(connect);
    }

    /// The link has taken the server's keys.
    void encrypted(ObjectNode message) {
        Link from = link;
        String wanted = settings.encryption().orElse("");
        if (from == null || greeted) {
            return;
        }
        if (wanted.isEmpty() || wanted.equals(message.path("identity").asText())) {
            greet(from);
        } else {
            String reason = "the server has another key than the one given";
            dispatcher.problem(NetSentinelException.unanswered(reason));
            finish(PROTOCOL_ERROR, reason);
        }
    }

    private void greet(Link from) {
        ObjectNode connect = Frames.object().put("type", "connect").put("id", nextId());
        Optional.ofNullable(token).ifPresent(text -> connect.put("token", text));
        settings.id().ifPresent(text -> connect.put("client", text));
        settings.name().ifPresent(text -> connect.put("name", text));
        settings.version().ifPresent(text -> connect.put("version", text));
        if (settings.compress()) {
            connect.putArray("compress").add("gzip");
        }
        dispatcher.greet(connect);
        greeted = true;
        from.send(connect);
    }

    private void watch(Link from) {
        if (from == link) {
            Duration quiet = Link.since(from.heard());
            if (quiet.compareTo(settings.silence()) >= 0) {
                lost(from, SILENT, "nothing heard for " + settings.silence().toMillis() + " ms");
            } else {
                later(settings.silence().minus(quiet), () -> watch(from));
            }
        }
    }

    void frame(Link from, List<ObjectNode> messages, int size) {
        for (ObjectNode message : messages) {
            if (from != link) {
                return;
            }
            dispatcher.message(message, size / messages.size());
        }
        from.more();
    }

    void welcome(ObjectNode message) {
        connected = true;
        backoff.reset();
        become(
                new State.Connected(
                        message.path("session").asText(), message.path("user").asText()));
        commands.connected(message.path("limits").path("commandsPerSecond").asInt());
    }

    void farewell(ObjectNode message) {
        backoff.ask(message.path("retry"));
        farewell =
                new Farewell(
                        message.path("code").asInt(),
                        message.path("reason").asText(),
                        message.path("reconnect").asBoolean(true));
    }

    /// The server does not want `connect` as it is. Usually it closes, with a code that says more.
    void unwelcome(NetSentinelException error) {
        Link mine = link;
        String reason = String.valueOf(error.getMessage());
        int code = error.temporary() ? ABNORMAL : PROTOCOL_ERROR;
        later(
                UNWELCOME,
                () -> {
                    if (mine != null) {
                        lost(mine, code, reason);
                    }
                });
    }

    private void refused(Link mine, Throwable failure) {
        Throwable why =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (mine != link || !(why instanceof WebSocketHandshakeException handshake)) {
            lost(mine, ABNORMAL, "cannot connect: " + why.getClass().getSimpleName());
            return;
        }
        int status = handshake.getResponse().statusCode();
        String reason = "the handshake was refused with status " + status;
        handshake
                .getResponse()
                .headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .ifPresent(seconds -> backoff.ask(seconds * 1_000, seconds * 1_500));
        if (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429) {
            finish(status, reason);
        } else {
            lost(mine, status, reason);
        }
    }

    /// The connection is gone, or must go.
    void lost(Link from, int code, String reason) {
        if (from == link) {
            lose(code, reason);
        }
    }

    void lose(int code, String reason) {
        Farewell said = farewell;
        letGo();
        int known = said == null ? code : said.code();
        String text = said == null ? reason : said.reason();
        if ((known >= FOR_GOOD && known <= LAST_OWN)
                || known == TAKEN_OVER
                || (said != null && !said.reconnect())) {
            finish(known, text);
            return;
        }
        if (!reopening) {
            reopening = true;
            Duration pause = backoff.next();
            become(new State.Offline(known, text, pause));
            later(pause, this::open);
        }
    }

    private void letGo() {
        Link old = link;
        link = null;
        token = null;
        greeted = false;
        connected = false;
        farewell = null;
        if (old != null) {
            old.abort();
        }
        commands.lost();
        dispatcher.lost();
    }

    /// The server wants it no more: what has come is still delivered.
    private void finish(int code, String reason) {
        letGo();
        end(new State.Closed(code, reason));
        dispatcher.finish();
    }

    private void end(State.Closed last) {
        ended = true;
        become(last);
        commands.failAll("the client is closed: " + last.reason());
        if (settings.http().isEmpty()) {
            http.shutdownNow();
        }
    }

    private void become(State now) {
        state = now;
        dispatcher.state(now);
    }

    // ---- from any thread

    /// Ends it and waits for the socket to be gone.
    void close() {
        post(this::closeNow);
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeNow() {
        if (!ended) {
            Link old = link;
            link = null;
            CompletableFuture<?> gone =
                    old == null
                            ? CompletableFuture.completedFuture(null)
                            : old.close(NORMAL, "closed by the client");
            gone.join();
            letGo();
            end(new State.Closed(NORMAL, "closed by the client"));
        }
        dispatcher.end();
    }
}
