package io.netsentinel.auth;

import io.netsentinel.events.Filter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commands of the command line that concern users and tokens, the same whether they come
/// through the [AdminSocket] of a running server or work on the data directory of a stopped one.
///
/// | command | arguments | rows |
/// |---|---|---|
/// | `user.add` | `name` `role`, `password` (else a random one) | `name` `role`, `password` when random |
/// | `user.list` | | `name` `role` `state` `created` |
/// | `user.disable` `user.enable` | `name` | `name` |
/// | `user.role` | `name` `role` | `name` `role` |
/// | `user.password` | `name`, `password` (else a random one) | `name`, `password` when random |
/// | `token.issue` | `name` `role`, `channels` (`a,b.*:subscribe`) `rows` (a filter) `ttl` (`30d`, `12h`) | `token` `id` `expires` |
/// | `token.list` | | `id` `name` `role` `channels` `rows` `expires` `state` |
/// | `token.revoke` | `id` | `id` |
/// | `key.rotate` | | |
public final class AdminCommands {
    private static final System.Logger LOG = System.getLogger(AdminCommands.class.getName());
    private static final Pattern TTL = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Duration DEFAULT_TTL = Duration.ofDays(30);

    private final Auth auth;

    /// Commands on these users and tokens.
    public AdminCommands(Auth auth) {
        this.auth = auth;
    }

    /// Runs a command.
    public AdminReply run(AdminCall call) {
        try {
            List<Map<String, String>> rows = rows(call);
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0} {1} by the command line",
                    call.command(),
                    call.argument("name").or(() -> call.argument("id")).orElse(""));
            return new AdminReply.Done(rows);
        } catch (AuthException | AuthFilesException e) {
            String message = e.getMessage();
            return new AdminReply.Failed(message == null ? e.toString() : message);
        }
    }

    private List<Map<String, String>> rows(AdminCall call) {
        return switch (call.command()) {
            case "user.add" -> addUser(call);
            case "user.list" -> auth.users().list().stream().map(AdminCommands::row).toList();
            case "user.disable" -> {
                auth.users().disable(required(call, "name"));
                yield List.of(Map.of("name", required(call, "name")));
            }
            case "user.enable" -> {
                auth.users().enable(required(call, "name"));
                yield List.of(Map.of("name", required(call, "name")));
            }
            case "user.role" -> setRole(call);
            case "user.password" -> setPassword(call);
            case "token.issue" -> issueToken(call);
            case "token.list" -> auth.tokens().list().stream().map(AdminCommands::row).toList();
            case "token.revoke" -> {
                auth.revoke(required(call, "id"));
                yield List.of(Map.of("id", required(call, "id")));
            }
            case "key.rotate" -> {
                auth.rotateKey();
                yield List.of();
            }
            default -> throw invalid("there is no command " + call.command());
        };
    }

    private List<Map<String, String>> addUser(AdminCall call) {
        String given = call.argument("password").orElse("");
        String password = given.isEmpty() ? Secrets.password() : given;
        User user = auth.users().add(required(call, "name"), role(call), password);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", user.name());
        row.put("role", user.role().text());
        if (given.isEmpty()) {
            row.put("password", password);
        }
        return List.of(row);
    }

    private List<Map<String, String>> setRole(AdminCall call) {
        String name = required(call, "name");
        auth.users().setRole(name, role(call));
        return List.of(Map.of("name", name, "role", role(call).text()));
    }

    private List<Map<String, String>> setPassword(AdminCall call) {
        String given = call.argument("password").orElse("");
        String password = given.isEmpty() ? Secrets.password() : given;
        String name = required(call, "name");
        auth.users().setPassword(name, password);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", name);
        if (given.isEmpty()) {
            row.put("password", password);
        }
        return List.of(row);
    }

    private List<Map<String, String>> issueToken(AdminCall call) {
        List<ChannelGrant> channels =
                call.argument("channels").stream()
                        .flatMap(text -> List.of(text.split(",", -1)).stream())
                        .map(text -> parsed(() -> ChannelGrant.parse(text.trim())))
                        .toList();
        Optional<Filter> rows =
                call.argument("rows").map(text -> parsed(() -> RowFilter.parse(text)));
        Duration ttl = call.argument("ttl").map(AdminCommands::duration).orElse(DEFAULT_TTL);
        Tokens.Issued issued =
                auth.tokens()
                        .issue(required(call, "name"), role(call), Rights.of(channels, rows), ttl);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("token", issued.jwt());
        row.put("id", issued.token().id());
        row.put("expires", issued.token().expires().toString());
        return List.of(row);
    }

    private static Map<String, String> row(User user) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("name", user.name());
        row.put("role", user.role().text());
        row.put("state", user.disabled() ? "disabled" : "active");
        row.put("created", user.created().toString());
        row.put("signs-in", user.account().map(Account::issuer).orElse("here"));
        return row;
    }

    private static Map<String, String> row(Token token) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", token.id());
        row.put("name", token.name());
        row.put("role", token.role().text());
        row.put(
                "channels",
                String.join(",", token.channels().stream().map(ChannelGrant::text).toList()));
        row.put("rows", token.rights().rows().map(Filter::text).orElse(""));
        row.put("expires", token.expires().toString());
        row.put("state", token.revoked() ? "revoked" : "active");
        return row;
    }

    private static Role role(AdminCall call) {
        String text = required(call, "role");
        return Role.parse(text)
                .orElseThrow(() ->
                        invalid(
                                "there is no role "
                                        + text
                                        + ": it is viewer, analyst, admin or sensor"));
    }

    private static Duration duration(String text) {
        Matcher matcher = TTL.matcher(text);
        if (!matcher.matches()) {
            throw invalid("a time to live is written like 30d, 12h, 90m or 45s, not " + text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static <T> T parsed(Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            throw invalid(message == null ? "malformed" : message);
        }
    }

    private static String required(AdminCall call, String name) {
        return call.argument(name).orElseThrow(() -> invalid(name + " is missing"));
    }

    private static AuthException invalid(String message) {
        return new AuthException(AuthException.Reason.INVALID, message);
    }
}
