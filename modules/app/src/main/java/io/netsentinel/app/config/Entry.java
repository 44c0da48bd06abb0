package io.netsentinel.app.config;

import java.util.List;

/// A setting as somebody wrote it.
///
/// @param origin where it was written, see [Problem]
/// @param written its name there: a key, an environment variable or an option
/// @param name the dotted key
/// @param items its value: one text, or the items of a list
record Entry(String origin, String written, String name, List<String> items) {
    Problem problem(String message) {
        return new Problem(origin, written, message);
    }
}
