package io.netsentinel.queuing;

import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/// Whose data is removed by a [Purge].
public sealed interface PurgeSubject {

    /// `address` or `user`.
    String kind();

    /// The address or the name.
    String text();

    /// Whether an event is about it.
    ///
    /// @param payload as it is stored
    boolean in(byte[] payload);

    /// Whether a text without fields names it, such as a line of a log file.
    boolean inText(String text);

    /// Whether a row of the main database is about it.
    ///
    /// @param ownKey whether the keys of the table are names of users
    boolean inRow(String key, byte[] value, boolean ownKey);

    /// Whether input that could not be understood is about it: there are no fields in it.
    default boolean inDeadLetter(byte[] payload) {
        return in(payload) || inText(new String(payload, StandardCharsets.UTF_8));
    }

    /// A subject as it is written down.
    ///
    /// @throws IllegalArgumentException naming what is wrong
    static PurgeSubject of(String kind, String text) {
        return switch (kind) {
            case Address.KIND -> Address.of(text);
            case User.KIND -> User.of(text);
            default ->
                    throw new IllegalArgumentException(
                            "a purge is of an address or a user, not of '" + kind + "'");
        };
    }

    /// An IP address. An event is about it when the address stands anywhere in it as a whole: in a
    /// field of its own, in a text, in the name of a reverse look-up.
    final class Address implements PurgeSubject {
        static final String KIND = "address";

        private final InetAddress address;
        private final AddressText finder;

        private Address(InetAddress address) {
            this.address = address;
            this.finder = new AddressText(address);
        }

        /// Parses an IPv4 or IPv6 address; names are not looked up.
        ///
        /// @throws IllegalArgumentException when it is none
        public static Address of(String text) {
            try {
                // without the zone, which is this machine's
                byte[] bytes = InetAddress.ofLiteral(text.strip()).getAddress();
                return new Address(InetAddress.getByAddress(bytes));
            } catch (IllegalArgumentException | UnknownHostException e) {
                throw new IllegalArgumentException(
                        "'"
                                + text
                                + "' is no address: write one IPv4 or IPv6 address, such as 192.0.2.7",
                        e);
            }
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String text() {
            return address.getHostAddress();
        }

        @Override
        public boolean in(byte[] payload) {
            return finder.in(payload);
        }

        @Override
        public boolean inText(String text) {
            return finder.in(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean inRow(String key, byte[] value, boolean ownKey) {
            return inText(key) || finder.in(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Address that && that.address.equals(address);
        }

        @Override
        public int hashCode() {
            return address.hashCode();
        }
    }

    /// A user: somebody who signs in here, or a name in events. An event is about them when a field
    /// of a user (`user.name`, `ns.change.user`, …) has exactly that name, in upper or lower case.
    /// A name within a text does not count: it is a word like others (`root`, `will`).
    final class User implements PurgeSubject {
        static final String KIND = "user";

        private static final int LONGEST = 256;
        private static final Set<String> FIELDS =
                Set.of("user", "username", "owner", "assignee", "author");
        private static final Set<String> NAMES = Set.of("name", "id", "email", "full_name");
        private static final Set<String> OTHERS = Set.of("roles", "group", "domain", "risk");

        private final String name;
        private final Pattern word;

        private User(String name) {
            this.name = name;
            this.word =
                    Pattern.compile(
                            "(?<![\\p{Alnum}_@-])" + Pattern.quote(name) + "(?![\\p{Alnum}_@-])",
                            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        }

        /// Checks a name.
        ///
        /// @throws IllegalArgumentException when there can be no such name
        public static User of(String text) {
            String name = text.strip();
            if (name.isEmpty()
                    || name.length() > LONGEST
                    || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "a user's name has 1 to " + LONGEST + " characters and no line ends");
            }
            return new User(name);
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public String text() {
            return name;
        }

        @Override
        public boolean in(byte[] payload) {
            try {
                boolean[] found = new boolean[1];
                Event.fromJson(payload)
                        .forEach((path, value) -> found[0] |= of(userField(path), value));
                return found[0];
            } catch (MalformedEventException e) {
                return false;
            }
        }

        /// `user`, `user.name`, `source.user.id`; not `user.roles`, which many have, and not what
        /// their group is called.
        private static boolean userField(String path) {
            List<String> parts = List.of(path.split("\\.", -1));
            return parts.stream().anyMatch(FIELDS::contains)
                    && naming(parts.getLast())
                    && parts.stream().noneMatch(OTHERS::contains);
        }

        private static boolean naming(String field) {
            return FIELDS.contains(field) || NAMES.contains(field);
        }

        private boolean of(boolean field, Object value) {
            return switch (value) {
                case String text -> field && text.equalsIgnoreCase(name);
                case List<?> all ->
                        all.stream().filter(Objects::nonNull).anyMatch(one -> of(field, one));
                case Map<?, ?> members ->
                        members.entrySet().stream()
                                .filter(member -> member.getValue() != null)
                                .anyMatch(member ->
                                        of(
                                                (field && naming(String.valueOf(member.getKey())))
                                                        || userField(
                                                                String.valueOf(member.getKey())),
                                                member.getValue()));
                default -> false;
            };
        }

        @Override
        public boolean inText(String text) {
            return word.matcher(text).find();
        }

        @Override
        public boolean inRow(String key, byte[] value, boolean ownKey) {
            String[] parts = key.split("\0", -1);
            return ((parts.length > 1 || ownKey) && parts[0].equalsIgnoreCase(name)) || in(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof User that
                    && that.name.toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public int hashCode() {
            return name.toLowerCase(Locale.ROOT).hashCode();
        }
    }
}
