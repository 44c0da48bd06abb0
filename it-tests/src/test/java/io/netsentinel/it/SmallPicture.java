package io.netsentinel.it;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/// Makes a picture of a page small: 256 colours chosen for it (median cut) in place of millions,
/// which nobody sees on flat areas and text, and a third of the bytes.
final class SmallPicture {
    private static final int COLOURS = 256;

    /// Colours that differ less than this are one while the palette is chosen.
    private static final int MASK = 0xFCFCFC;

    /// A colour and how many pixels have it.
    private record Weighed(int rgb, int pixels) {
        int channel(int shift) {
            return rgb >> shift & 0xFF;
        }
    }

    private SmallPicture() {}

    /// Writes a PNG file anew.
    static void make(Path file) {
        try {
            BufferedImage whole = Objects.requireNonNull(ImageIO.read(file.toFile()));
            int width = whole.getWidth();
            int height = whole.getHeight();
            int[] pixels = whole.getRGB(0, 0, width, height, null, 0, width);
            int[] palette = palette(pixels);
            BufferedImage small =
                    new BufferedImage(
                            width,
                            height,
                            BufferedImage.TYPE_BYTE_INDEXED,
                            new IndexColorModel(
                                    8,
                                    palette.length,
                                    palette,
                                    0,
                                    false,
                                    -1,
                                    java.awt.image.DataBuffer.TYPE_BYTE));
            Map<Integer, Integer> nearest = new HashMap<>();
            for (int i = 0; i < pixels.length; i++) {
                int index = nearest.computeIfAbsent(pixels[i], rgb -> nearest(palette, rgb));
                small.getRaster().setSample(i % width, i / width, 0, index);
            }
            ImageIO.write(small, "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[] palette(int[] pixels) {
        Map<Integer, Integer> counts = new HashMap<>();
        Map<Integer, Integer> exact = new HashMap<>();
        for (int rgb : pixels) {
            counts.merge(rgb & MASK, 1, Integer::sum);
            exact.putIfAbsent(rgb & MASK, rgb & 0xFFFFFF);
        }
        List<List<Weighed>> boxes = new ArrayList<>();
        List<Weighed> all = new ArrayList<>();
        counts.forEach((rgb, count) -> all.add(new Weighed(rgb, count)));
        boxes.add(all);
        while (boxes.size() < COLOURS) {
            List<Weighed> widest =
                    boxes.stream()
                            .filter(box -> box.size() > 1)
                            .max(Comparator.comparingDouble(SmallPicture::weight))
                            .orElse(List.of());
            if (widest.isEmpty()) {
                break;
            }
            boxes.remove(widest);
            int shift = widestChannel(widest);
            widest.sort(Comparator.comparingInt(one -> one.channel(shift)));
            int middle = widest.size() / 2;
            boxes.add(new ArrayList<>(widest.subList(0, middle)));
            boxes.add(new ArrayList<>(widest.subList(middle, widest.size())));
        }
        // of each box the colour that most pixels have, so that flat areas keep their very own
        return boxes.stream()
                .map(box ->
                        box.stream().max(Comparator.comparingInt(Weighed::pixels)).orElseThrow())
                .mapToInt(best -> exact.getOrDefault(best.rgb(), best.rgb()))
                .toArray();
    }

    private static double weight(List<Weighed> box) {
        long pixels = box.stream().mapToLong(Weighed::pixels).sum();
        return Math.pow((double) pixels, 0.3) * range(box, widestChannel(box));
    }

    private static int widestChannel(List<Weighed> box) {
        int widest = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            widest = range(box, shift) > range(box, widest) ? shift : widest;
        }
        return widest;
    }

    private static int range(List<Weighed> box, int shift) {
        int low = 255;
        int high = 0;
        for (Weighed one : box) {
            low = Math.min(low, one.channel(shift));
            high = Math.max(high, one.channel(shift));
        }
        return high - low;
    }

    private static int nearest(int[] palette, int rgb) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int distance = 0;
            for (int shift = 0; shift <= 16; shift += 8) {
                int difference = (palette[i] >> shift & 0xFF) - (rgb >> shift & 0xFF);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }
}
