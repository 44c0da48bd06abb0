/// Black-box tests of the built distribution: they start `bin/netsentinel` from the unzipped zip
/// and use only what a user or a script can use.
@NullMarked
package io.netsentinel.it;

import org.jspecify.annotations.NullMarked;
