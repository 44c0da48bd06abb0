import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netsentinel.client.Client;
import io.netsentinel.client.ClientListener;
import io.netsentinel.client.Event;
import io.netsentinel.client.From;
import io.netsentinel.client.Gap;
import io.netsentinel.client.Item;
import io.netsentinel.client.PublishRequest;
import io.netsentinel.client.Reset;
import io.netsentinel.client.State;
import io.netsentinel.client.Subscription;
import io.netsentinel.client.SubscriptionListener;
import io.netsentinel.client.SubscriptionRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Follows `network` from its beginning and publishes on a channel until standard input ends; says what happens, a line each. A second client
/// follows it with everything a client can ask for: MessagePack, gzip, encryption, and a place the server keeps. With the channel `again` only
/// that one goes on where it was.
/// usage: java --class-path CLIENT-AND-JACKSON JavaFollower.java URL TOKEN CHANNEL
public final class JavaFollower {
    private static final int UNDER_WAY = 1;

    public static void main(String[] arguments) throws Exception {
        URI address = URI.create(arguments[0]);
        String channel = arguments[2];
        Client.Builder all = Client.builder(address).token(arguments[1]).messagePack(true).compress(true).encrypt();
        try (Client client = Client.builder(address).token(arguments[1]).listener(new States()).connect();
                Client full = all.connect()) {
            SubscriptionRequest desk = SubscriptionRequest.of("network").durable("desk");
            AtomicReference<Subscription> subscription = new AtomicReference<>();
            if (channel.equals("again")) {
                full.subscribe(desk, new Printer("full", _ -> {}));
            } else {
                client.subscribe(SubscriptionRequest.of("network").from(From.oldest()), new Printer("event", _ -> {}));
                subscription.set(full.subscribe(desk.from(From.oldest()), new Printer("full", item -> subscription.get().ack(item))));
                publish(client, channel);
            }
            say("published all");
            new CountDownLatch(1).await(); // the test ends it when the last event has come
        }
    }

    private static void publish(Client client, String channel) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Thread.ofVirtual().start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // until it is closed
                }
            } catch (IOException _) {
                // it is closed
            }
            enough.set(true);
        });
        Semaphore underWay = new Semaphore(UNDER_WAY);
        for (int n = 1; !enough.get(); n++) {
            int number = n;
            underWay.acquire();
            client.publish(PublishRequest.of(channel, JsonNodeFactory.instance.objectNode().put("n", n)).key("java-" + n))
                    .whenComplete((published, failure) -> {
                        say(failure == null ? "published " + number : "failed " + number + " " + failure);
                        underWay.release();
                    });
        }
        underWay.acquire(UNDER_WAY);
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private static final class States implements ClientListener {
        @Override
        public void onState(State state) {
            say("state " + state);
        }
    }

    private record Printer(String word, Consumer<Item> then) implements SubscriptionListener {
        @Override
        public void onEvent(Event event) {
            say(word + " " + event.offset() + " " + event.data().path("url").path("path").asText());
            then.accept(event);
        }

        @Override
        public void onGap(Gap gap) {
            say("lost " + gap);
        }

        @Override
        public void onReset(Reset reset) {
            say("lost " + reset);
        }
    }
}
