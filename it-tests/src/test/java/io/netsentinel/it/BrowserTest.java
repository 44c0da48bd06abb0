package io.netsentinel.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/// A test in a real browser. Without Chromium it is skipped and says so; in CI, where the variable
/// `CI` is `true`, it runs and fails.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "io.netsentinel.it.Browser#installed",
        disabledReason = "chromium or chromedriver is not installed")
@interface BrowserTest {}
