package io.netsentinel.auth;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Function;

/// The way the command line talks to a running server: a UNIX-domain socket `admin.sock` in the
/// data directory that only its owner can open. Whoever can open it could read the data directory
/// as well, so no further sign-in is asked for.
///
/// A call is one line of JSON, its reply another; see [AdminCommands] for what can be called.
public final class AdminSocket implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AdminSocket.class.getName());
    private static final String NAME = "admin.sock";
    private static final String NURSERY = ".adm";
    // Linux takes 107 bytes; "NURSERY/s" is shorter than the name it gets in the end
    private static final int LONGEST_PATH = 100;
    private static final int LONGEST_CALL = 64 * 1024;
    private static final int LONGEST_REPLY = 16 * 1024 * 1024;

    private final Path place;
    private final Optional<Path> elsewhere;
    private final ServerSocketChannel server;
    private final Function<AdminCall, AdminReply> commands;

    private AdminSocket(
            Path place,
            Optional<Path> elsewhere,
            ServerSocketChannel server,
            Function<AdminCall, AdminReply> commands) {
        this.place = place;
        this.elsewhere = elsewhere;
        this.server = server;
        this.commands = commands;
    }

    /// Starts to answer calls, each on a thread of its own. A socket file an earlier process has
    /// left behind is replaced: the caller must hold the data directory.
    ///
    /// @throws AuthFilesException when the socket cannot be made
    public static AdminSocket open(Path dataDirectory, Function<AdminCall, AdminReply> commands) {
        Path place = dataDirectory.resolve(NAME);
        try {
            Files.deleteIfExists(place);
            AdminSocket socket =
                    tooLong(place) ? bindElsewhere(place, commands) : bind(place, commands);
            Thread.ofVirtual().name("admin-socket").start(socket::accept);
            return socket;
        } catch (IOException e) {
            throw new AuthFilesException("cannot listen on " + place + ": " + e, e);
        }
    }

    /// Calls the server of a data directory.
    ///
    /// @return empty when no server is listening there
    /// @throws AuthFilesException when there is one, but it cannot be talked to
    public static Optional<AdminReply> call(Path dataDirectory, AdminCall call) {
        Path place = dataDirectory.resolve(NAME);
        try {
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Path target = Files.isSymbolicLink(place) ? Files.readSymbolicLink(place) : place;
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(target))) {
                write(Channels.newOutputStream(channel), AdminWire.line(call));
                String line = readLine(buffered(channel), LONGEST_REPLY);
                return Optional.of(AdminWire.reply(line));
            }
        } catch (ConnectException | NoSuchFileException _) {
            // left behind by a process that was killed
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new AuthFilesException("cannot talk to the server by " + place + ": " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(place);
            if (elsewhere.isPresent()) {
                Files.deleteIfExists(elsewhere.get().resolve(NAME));
                Files.deleteIfExists(elsewhere.get());
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot remove " + place, e);
        }
    }

    /// Binds in a directory nobody else can enter and moves the socket out when its mode is right,
    /// so that there is no moment at which others could connect.
    private static AdminSocket bind(Path place, Function<AdminCall, AdminReply> commands)
            throws IOException {
        Path nursery = place.resolveSibling(NURSERY);
        Path born = nursery.resolve("s");
        Files.deleteIfExists(born);
        Files.deleteIfExists(nursery);
        Files.createDirectory(
                nursery,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(born));
            Files.setPosixFilePermissions(born, PrivateFiles.OWNER_ONLY);
            Files.move(born, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            server.close();
            throw e;
        } finally {
            Files.deleteIfExists(born);
            Files.deleteIfExists(nursery);
        }
        return new AdminSocket(place, Optional.empty(), server, commands);
    }

    /// The address of a UNIX-domain socket has about a hundred bytes, a data directory may have
    /// more: then the socket lives in a private temporary directory and the data directory points
    /// to it.
    private static AdminSocket bindElsewhere(Path place, Function<AdminCall, AdminReply> commands)
            throws IOException {
        Path directory = Files.createTempDirectory("netsentinel-");
        AdminSocket socket = bind(directory.resolve(NAME), commands);
        Files.createSymbolicLink(place, socket.place);
        return new AdminSocket(place, Optional.of(directory), socket.server, commands);
    }

    private static boolean tooLong(Path place) {
        return place.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().name("admin-call").start(() -> serve(channel));
            } catch (ClosedChannelException _) {
                return;
            } catch (IOException e) {
                LOG.log(System.Logger.Level.ERROR, "the admin socket has failed", e);
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            InputStream in = buffered(channel);
            OutputStream out = Channels.newOutputStream(channel);
            for (String line = readLine(in, LONGEST_CALL);
                    !line.isEmpty();
                    line = readLine(in, LONGEST_CALL)) {
                write(out, AdminWire.line(answer(line)));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "an admin call broke off", e);
        }
    }

    private AdminReply answer(String line) {
        try {
            return commands.apply(AdminWire.call(line));
        } catch (IllegalArgumentException e) {
            return new AdminReply.Failed("malformed call: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an admin command failed", e);
            return new AdminReply.Failed("the server failed: " + e.getMessage());
        }
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static InputStream buffered(SocketChannel channel) {
        return new BufferedInputStream(Channels.newInputStream(channel));
    }

    /// @return the line, empty at the end
    private static String readLine(InputStream in, int longest) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == longest) {
                throw new IOException("a line of more than " + longest + " bytes");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
