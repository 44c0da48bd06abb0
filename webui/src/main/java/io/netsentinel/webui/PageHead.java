package io.netsentinel.webui;

import java.util.List;

/// What a page tells the shell about itself.
///
/// @param title for the browser's tab
/// @param heading of the page
/// @param path without the query
/// @param query what was searched for
/// @param kept query parameters that choosing another range must keep
/// @param window the times it offers
record PageHead(
        String title,
        String heading,
        String path,
        String query,
        List<Shell.Kept> kept,
        Window.Form window) {

    /// A page without a range.
    static PageHead of(String title, String path) {
        return new PageHead(title, title, path, "", List.of(), Window.Form.NONE);
    }
}
