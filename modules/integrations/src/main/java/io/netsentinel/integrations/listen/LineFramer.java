package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.LineSplitter;

/// One message a line.
final class LineFramer implements Framer {
    private final LineSplitter splitter;

    LineFramer(int limit, Messages messages) {
        this.splitter =
                new LineSplitter(
                        limit,
                        new LineSplitter.Lines() {
                            @Override
                            public boolean line(byte[] bytes, int offset, int length, long end) {
                                messages.message(bytes, offset, length);
                                return true;
                            }

                            @Override
                            public boolean overlong(byte[] sample, long length, long end) {
                                messages.overlong(sample, length);
                                return true;
                            }

                            @Override
                            public void nuls(long count) {
                                // what stands behind them is taken as if they were not there
                            }
                        });
    }

    @Override
    public void feed(byte[] bytes, int length) {
        splitter.feed(bytes, 0, length);
    }

    @Override
    public void finish() {
        splitter.finish();
    }
}
