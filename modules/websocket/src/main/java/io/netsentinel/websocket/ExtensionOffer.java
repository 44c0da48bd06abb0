package io.netsentinel.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One extension a client offers in `Sec-WebSocket-Extensions` (RFC 6455 9.1).
///
/// @param name the extension's token
/// @param parameters in their order, a name may come twice
record ExtensionOffer(String name, List<Parameter> parameters) {

    /// @param value without quotes
    record Parameter(String name, Optional<String> value) {}

    /// Reads the header.
    ///
    /// @param lines its lines, at least one
    /// @return the offers in the client's order of preference
    /// @throws IllegalArgumentException when the header does not follow the grammar
    static List<ExtensionOffer> parse(List<String> lines) {
        return new Parser(String.join(",", lines)).list();
    }

    /// Goes through the header from the left.
    private static final class Parser {
        private static final String SEPARATORS = "()<>@,;:\\\"/[]?={} \t";

        private final String text;
        private int at;

        private Parser(String text) {
            this.text = text;
        }

        private List<ExtensionOffer> list() {
            List<ExtensionOffer> offers = new ArrayList<>();
            while (!atEnd()) {
                if (!take(',')) {
                    offers.add(offer());
                    require(atEnd() || text.charAt(at) == ',');
                }
            }
            require(!offers.isEmpty());
            return List.copyOf(offers);
        }

        private ExtensionOffer offer() {
            String name = token();
            List<Parameter> parameters = new ArrayList<>();
            while (take(';')) {
                skipSpace();
                String parameter = token();
                parameters.add(
                        new Parameter(
                                parameter, take('=') ? Optional.of(value()) : Optional.empty()));
            }
            skipSpace();
            return new ExtensionOffer(name, List.copyOf(parameters));
        }

        /// A quoted value must be a token, too, once the quotes are off.
        private String value() {
            return take('"') ? quoted() : token();
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            while (true) {
                require(at < text.length());
                char next = text.charAt(at++);
                if (next == '"') {
                    require(!value.isEmpty());
                    return value.toString();
                }
                if (next == '\\') {
                    require(at < text.length());
                    next = text.charAt(at++);
                }
                require(isTokenCharacter(next));
                value.append(next);
            }
        }

        private String token() {
            int start = at;
            while (at < text.length() && isTokenCharacter(text.charAt(at))) {
                at++;
            }
            require(at > start);
            return text.substring(start, at);
        }

        private boolean take(char wanted) {
            boolean found = !atEnd() && text.charAt(at) == wanted;
            at += found ? 1 : 0;
            if (found && wanted != '"') {
                skipSpace();
            }
            return found;
        }

        private boolean atEnd() {
            skipSpace();
            return at == text.length();
        }

        private void skipSpace() {
            while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
                at++;
            }
        }

        private static boolean isTokenCharacter(char value) {
            return value > ' ' && value < 0x7F && SEPARATORS.indexOf(value) < 0;
        }

        private static void require(boolean kept) {
            if (!kept) {
                throw new IllegalArgumentException("Sec-WebSocket-Extensions is malformed");
            }
        }
    }
}
