package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Reads octet counted messages until the sender closes its direction.
final class SyslogReceiver extends Receiver {
    final List<String> messages = new CopyOnWriteArrayList<>();

    SyslogReceiver(Listening listening) {
        super(listening);
    }

    @Override
    void serve(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (String length = until(in, ' '); !length.isEmpty(); length = until(in, ' ')) {
            byte[] message = in.readNBytes(Integer.parseInt(length));
            if (message.length == Integer.parseInt(length)) {
                messages.add(new String(message, UTF_8));
            }
        }
    }
}
