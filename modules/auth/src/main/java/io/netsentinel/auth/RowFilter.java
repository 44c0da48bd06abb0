package io.netsentinel.auth;

import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import java.util.List;

/// The rule for filters that restrict a role or a token to some events.
///
/// One alert stands in several places: as an event, as a row of the list, and in every change
/// people make to it. A filter on a field that only some of these carry would let the others
/// through (`not url.path ~ "/secret*"` is true for what has no path). So a row filter may look
/// only at fields all of them repeat; another field is refused when the filter is set, not
/// overlooked when it is used.
public final class RowFilter {
    /// The fields a row filter may look at: what every record about an alert repeats.
    public static final List<String> FIELDS =
            List.of(
                    Fields.EVENT_MODULE,
                    Fields.EVENT_DATASET,
                    Fields.EVENT_SEVERITY,
                    Fields.EVENT_RISK_SCORE_NORM,
                    Fields.OBSERVER_NAME,
                    Fields.NETWORK_TRANSPORT,
                    Fields.NETWORK_PROTOCOL,
                    Fields.SOURCE_IP,
                    Fields.SOURCE_PORT,
                    Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                    Fields.DESTINATION_IP,
                    Fields.DESTINATION_PORT,
                    Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                    Fields.RULE_ID,
                    Fields.RULE_NAME,
                    Fields.RULE_CATEGORY,
                    Fields.RULE_RULESET,
                    Fields.NS_SEVERITY,
                    Fields.NS_SCORE);

    private RowFilter() {}

    /// Reads a row filter.
    ///
    /// @throws IllegalArgumentException when it is no filter, with the column, or looks at another
    ///   field
    public static Filter parse(String text) {
        try {
            return check(Filter.parse(text));
        } catch (FilterException e) {
            throw new IllegalArgumentException("column " + e.column() + ": " + e.getMessage(), e);
        }
    }

    /// The filter itself when it looks at nothing but [#FIELDS].
    ///
    /// @throws IllegalArgumentException naming the first other field
    public static Filter check(Filter rows) {
        for (String field : rows.fields()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        "a row filter cannot look at "
                                + field
                                + ", which not every record of an alert has; it can look at"
                                + " severity and "
                                + String.join(", ", FIELDS));
            }
        }
        return rows;
    }
}
