package io.netsentinel.it;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What a benchmark compares with: Undertow, a well-known server for Java, as people use it for
/// this. Every text from `/pub`, and every body that is posted to `/post`, is sent to everybody on
/// `/sub`; nobody is asked who they are and nothing is kept. A program of its own; prints its port.
final class PlainBroadcast {
    private PlainBroadcast() {}

    public static void main(String[] arguments) {
        Set<WebSocketChannel> subscribers = ConcurrentHashMap.newKeySet();
        Undertow server =
                Undertow.builder()
                        .addHttpListener(0, "127.0.0.1")
                        .setHandler(
                                Handlers.path()
                                        .addExactPath(
                                                "/sub",
                                                Handlers.websocket((_, channel) -> {
                                                    channel.addCloseTask(subscribers::remove);
                                                    subscribers.add(channel);
                                                    channel.resumeReceives();
                                                }))
                                        .addExactPath(
                                                "/pub",
                                                Handlers.websocket((_, channel) -> {
                                                    channel.getReceiveSetter()
                                                            .set(new Repeat(subscribers));
                                                    channel.resumeReceives();
                                                }))
                                        .addExactPath(
                                                "/post",
                                                exchange ->
                                                        exchange.getRequestReceiver()
                                                                .receiveFullString((from, text) -> {
                                                                    repeat(subscribers, text);
                                                                    from.endExchange();
                                                                })))
                        .build();
        server.start();
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        System.out.println("port " + address.getPort());
    }

    private static void repeat(Set<WebSocketChannel> subscribers, String text) {
        for (WebSocketChannel one : subscribers) {
            WebSockets.sendText(text, one, null);
        }
    }

    /// Sends what it gets to all.
    private static final class Repeat extends AbstractReceiveListener {
        private final Set<WebSocketChannel> subscribers;

        Repeat(Set<WebSocketChannel> subscribers) {
            this.subscribers = subscribers;
        }

        @Override
        protected void onFullTextMessage(WebSocketChannel from, BufferedTextMessage message) {
            repeat(subscribers, message.getData());
        }
    }
}
