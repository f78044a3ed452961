package io.github.tiktokauth.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** One page of results with its pictures. It is printed as it grows, and written at the end. */
public final class Page {

    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> pictures = new LinkedHashMap<>();

    /**
     * Creates a page that begins with what was measured where and when.
     *
     * @param title the title
     * @param program the argument of {@code java -jar …} that makes this page
     */
    public Page(String title, String program) {
        add("# " + title);
        add("Written by `java -jar tiktok-auth-benchmarks/target/tiktok-auth-benchmarks.jar " + program + "` on "
                + LocalDate.now() + ": " + Runtime.getRuntime().availableProcessors() + " processors, "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                + System.getProperty("os.name")
                + ". All contestants ran in this one run; compare within a table, not with figures from elsewhere.");
    }

    /**
     * Adds a heading of the second level.
     *
     * @param value the heading
     * @return this
     */
    public Page heading(String value) {
        return add("## " + value);
    }

    /**
     * Adds a paragraph.
     *
     * @param value Markdown
     * @return this
     */
    public Page text(String value) {
        return add(value);
    }

    /**
     * Adds a table.
     *
     * @param value the table
     * @return this
     */
    public Page table(Table value) {
        return add(value.markdown());
    }

    /**
     * Adds a picture, which becomes a file of its own in the folder {@code pictures}.
     *
     * @param name the file's name without its ending
     * @param describes what it shows, for those who do not see it
     * @param svg the picture
     * @return this
     */
    public Page picture(String name, String describes, String svg) {
        pictures.put(name + ".svg", svg);
        return add("![" + describes + "](pictures/" + name + ".svg)");
    }

    private Page add(String block) {
        System.out.println(block + "\n");
        text.append(block).append("\n\n");
        return this;
    }

    /**
     * Writes page and pictures.
     *
     * @param directory where; made if need be
     * @param name the page's name without its ending
     * @throws IOException when that fails
     */
    public void write(Path directory, String name) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("pictures"));
        for (Map.Entry<String, String> picture : pictures.entrySet()) {
            Files.writeString(folder.resolve(picture.getKey()), picture.getValue());
        }
        Files.writeString(directory.resolve(name + ".md"), text.toString().stripTrailing() + "\n");
    }
}
