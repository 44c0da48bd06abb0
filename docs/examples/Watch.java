import io.netsentinel.client.Client;
import io.netsentinel.client.Event;
import io.netsentinel.client.From;
import io.netsentinel.client.Gap;
import io.netsentinel.client.NetSentinelException;
import io.netsentinel.client.Reset;
import io.netsentinel.client.SubscriptionListener;
import io.netsentinel.client.SubscriptionRequest;
import java.net.URI;

/// Prints the last ten alerts and each new one, until it is ended.
/// usage: java --class-path "sdk/java/*" Watch.java ws://127.0.0.1:8082/ws TOKEN
public final class Watch {
    public static void main(String[] arguments) throws InterruptedException {
        URI address = URI.create(arguments[0]);
        try (Client client = Client.builder(address).token(arguments[1]).name("Watch", "1").connect()) {
            client.subscribe(SubscriptionRequest.of("alerts").from(From.last(10)), new Printer());
            Thread.currentThread().join();
        }
    }

    private static final class Printer implements SubscriptionListener {
        @Override
        public void onEvent(Event event) {
            System.out.println(event.offset() + " " + plain(event.data().path("rule").path("name").asText()));
        }

        @Override
        public void onGap(Gap gap) {
            System.out.println("not delivered: " + gap.from() + " to " + gap.to() + " " + gap.reason());
        }

        @Override
        public void onReset(Reset reset) {
            System.out.println("events were lost: " + reset.reason());
        }

        @Override
        public void onError(NetSentinelException error) {
            System.err.println("refused: " + error.code() + " " + error.getMessage());
        }

        /// Event text is written by attackers: without control characters it cannot play with the terminal.
        private static String plain(String text) {
            return text.replaceAll("\\p{C}", "?");
        }
    }
}
