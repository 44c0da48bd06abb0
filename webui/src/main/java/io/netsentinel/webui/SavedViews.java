package io.netsentinel.webui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// The views that users have saved, each their own. Kept in memory once they are asked for: every
/// page shows them.
final class SavedViews {
    static final int MOST = 50;
    static final int LONGEST_NAME = 60;
    private static final int LONGEST_HREF = 4_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;
    private final Table table;
    private final Map<String, List<SavedView>> known = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    SavedViews(Store store) {
        this.store = store;
        this.table = store.table("saved-views");
    }

    /// Those of a user, by name.
    List<SavedView> of(String user) {
        return user.isEmpty() ? List.of() : known.computeIfAbsent(user, this::read);
    }

    private List<SavedView> read(String user) {
        String first = key(user, "");
        return table.scan(first, first + Table.END, MOST).stream()
                .map(SavedViews::parse)
                .sorted(byName())
                .toList();
    }

    private static Comparator<SavedView> byName() {
        return Comparator.comparing(view -> view.name().toLowerCase(Locale.ROOT));
    }

    /// Saves an address under a name; what had the name before is replaced.
    ///
    /// @throws IllegalArgumentException when a bound is passed; the message names it
    void save(String user, String name, String href) {
        String called = checked(name);
        if (href.length() > LONGEST_HREF) {
            throw new IllegalArgumentException(
                    "the address has more than " + LONGEST_HREF + " characters");
        }
        changing.lock();
        try {
            List<SavedView> all = of(user);
            String id = named(all, called).map(SavedView::id).orElseGet(Ulid::next);
            if (all.size() >= MOST && named(all, called).isEmpty()) {
                throw new IllegalArgumentException(
                        "there are " + MOST + " saved views; delete some first");
            }
            keep(user, new SavedView(id, called, SafePath.of(href)));
        } finally {
            changing.unlock();
        }
    }

    /// Gives one another name.
    ///
    /// @throws IllegalArgumentException when there is none of that id, or the name is taken
    void rename(String user, String id, String name) {
        String called = checked(name);
        changing.lock();
        try {
            SavedView view = find(user, id);
            if (named(of(user), called).filter(one -> !one.id().equals(id)).isPresent()) {
                throw new IllegalArgumentException("there is a view \"" + called + "\" already");
            }
            keep(user, new SavedView(id, called, view.href()));
        } finally {
            changing.unlock();
        }
    }

    /// @throws IllegalArgumentException when there is none of that id
    SavedView delete(String user, String id) {
        changing.lock();
        try {
            SavedView view = find(user, id);
            store.commit(new StoreBatch().delete(table, key(user, id))).join();
            known.put(user, without(user, id));
            return view;
        } finally {
            changing.unlock();
        }
    }

    private void keep(String user, SavedView view) {
        store.commit(new StoreBatch().put(table, key(user, view.id()), bytes(view))).join();
        List<SavedView> all = new ArrayList<>(without(user, view.id()));
        all.add(view);
        all.sort(byName());
        known.put(user, List.copyOf(all));
    }

    private List<SavedView> without(String user, String id) {
        return of(user).stream().filter(one -> !one.id().equals(id)).toList();
    }

    private SavedView find(String user, String id) {
        return of(user).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such view"));
    }

    private static Optional<SavedView> named(List<SavedView> all, String name) {
        return all.stream().filter(one -> one.name().equalsIgnoreCase(name)).findFirst();
    }

    private static String checked(String name) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a view's name has 1 to " + LONGEST_NAME + " characters");
        }
        return called;
    }

    /// Names of users from an identity provider may hold anything.
    private static String key(String user, String id) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name) + " " + id;
    }

    private static byte[] bytes(SavedView view) {
        return JSON.createObjectNode()
                .put("name", view.name())
                .put("href", view.href())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static SavedView parse(Row row) {
        try {
            JsonNode json = JSON.readTree(row.value());
            String id = row.key().substring(row.key().indexOf(' ') + 1);
            return new SavedView(id, json.path("name").asText(), json.path("href").asText("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
