import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.netsentinel.client.Client;
import io.netsentinel.client.ClientListener;
import io.netsentinel.client.Event;
import io.netsentinel.client.From;
import io.netsentinel.client.Gap;
import io.netsentinel.client.PublishRequest;
import io.netsentinel.client.Reset;
import io.netsentinel.client.State;
import io.netsentinel.client.SubscriptionListener;
import io.netsentinel.client.SubscriptionRequest;
import java.net.URI;
import java.util.concurrent.Phaser;

/// Follows `network` from its beginning and publishes on a channel until standard input ends; says what happens, a line each.
/// usage: java --class-path CLIENT-AND-JACKSON JavaFollower.java URL TOKEN CHANNEL
public final class JavaFollower {
    private static final Phaser PUBLISHING = new Phaser(1);

    public static void main(String[] arguments) throws Exception {
        try (Client client =
                Client.builder(URI.create(arguments[0])).token(arguments[1]).listener(new States()).connect()) {
            client.subscribe(SubscriptionRequest.of("network").from(From.oldest()), new Printer());
            Thread publisher = Thread.ofVirtual().start(() -> publish(client, arguments[2]));
            while (System.in.read() >= 0) {
                // until it is closed
            }
            publisher.interrupt();
            publisher.join();
            PUBLISHING.arriveAndAwaitAdvance();
            say("published all");
            Thread.sleep(60_000); // the test ends it when the last event has come
        }
    }

    private static void publish(Client client, String channel) {
        try {
            for (int n = 1; ; n++) {
                int number = n;
                PUBLISHING.register();
                client.publish(PublishRequest.of(channel, JsonNodeFactory.instance.objectNode().put("n", n)).key("java-" + n))
                        .whenComplete((published, failure) -> {
                            say(failure == null ? "published " + number : "failed " + number + " " + failure);
                            PUBLISHING.arriveAndDeregister();
                        });
                Thread.sleep(5);
            }
        } catch (InterruptedException _) {
            // enough
        }
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

    private static final class Printer implements SubscriptionListener {
        @Override
        public void onEvent(Event event) {
            say("event " + event.offset() + " " + event.data().path("url").path("path").asText());
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
