import static java.lang.classfile.ClassFile.ACC_MANDATED;
import static java.lang.classfile.ClassFile.ACC_OPEN;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives libraries that are no modules a descriptor, so that `jlink` takes them into the runtime (docs/adr/0025).
///
/// What is an automatic module on a module path becomes the same as an open module: the same name and packages, all
/// exported and open, the same providers of services. An automatic module reads all others and may look for any
/// service; a described one says which, and that is found in its classes: it requires the modules whose packages they
/// name, as far as those are in the runtime at all, and uses what they hand to `ServiceLoader`. Nothing else of
/// the jar is changed.
///
/// Run by the build of the zip: the folder with all jars, the folder for those with a new descriptor, and the names of
/// the modules of Java in the runtime.
public final class Descriptors {
    private static final String BASE = "java.base";
    private static final String DESCRIPTOR = "module-info.class";

    private final Map<String, String> moduleOfPackage = new HashMap<>();
    private final ModuleFinder all;

    private Descriptors(Path jars, List<String> runtime) {
        all = ModuleFinder.of(jars);
        ModuleFinder java = ModuleFinder.ofSystem();
        for (String name : runtime) {
            enter(java.find(name).orElseThrow().descriptor());
        }
        all.findAll().forEach(one -> enter(one.descriptor()));
    }

    public static void main(String[] arguments) throws IOException {
        Path jars = Path.of(arguments[0]);
        Path described = Files.createDirectories(Path.of(arguments[1]));
        new Descriptors(jars, List.of(arguments[2].split(","))).write(described);
    }

    private void enter(ModuleDescriptor module) {
        module.packages().forEach(name -> moduleOfPackage.put(name, module.name()));
    }

    private void write(Path described) throws IOException {
        for (ModuleReference one : all.findAll()) {
            Path jar = Path.of(one.location().orElseThrow());
            Path target = described.resolve(jar.getFileName());
            if (one.descriptor().isAutomatic()) {
                describe(one.descriptor(), jar, target);
            } else {
                Files.copy(jar, target);
            }
        }
    }

    private void describe(ModuleDescriptor module, Path jar, Path target) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(target);
                ZipOutputStream to = new ZipOutputStream(file)) {
            Needs needs = new Needs();
            for (ZipEntry entry : from.stream().toList()) {
                byte[] content;
                try (InputStream in = from.getInputStream(entry)) {
                    content = in.readAllBytes();
                }
                put(to, entry, content);
                if (entry.getName().endsWith(".class")) {
                    needs.add(ClassFile.of().parse(content));
                }
            }
            needs.modules.remove(module.name());
            needs.modules.remove(BASE);
            ZipEntry entry = new ZipEntry(DESCRIPTOR);
            entry.setTimeLocal(from.stream().findFirst().orElseThrow().getTimeLocal());
            put(to, entry, ClassFile.of().buildModule(attribute(module, needs)));
        }
    }

    private static void put(ZipOutputStream to, ZipEntry like, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(like.getName());
        entry.setTimeLocal(like.getTimeLocal());
        to.putNextEntry(entry);
        to.write(content);
        to.closeEntry();
    }

    private static ModuleAttribute attribute(ModuleDescriptor module, Needs needs) {
        return ModuleAttribute.of(
                ModuleDesc.of(module.name()),
                built -> {
                    built.moduleFlags(ACC_OPEN);
                    module.rawVersion().ifPresent(built::moduleVersion);
                    built.requires(ModuleDesc.of(BASE), ACC_MANDATED, null);
                    needs.modules.forEach(name -> built.requires(ModuleDesc.of(name), 0, null));
                    needs.services.forEach(name -> built.uses(ClassDesc.of(name)));
                    new TreeSet<>(module.packages())
                            .forEach(name -> built.exports(PackageDesc.of(name), 0));
                    module.provides().stream()
                            .sorted()
                            .forEach(
                                    service ->
                                            built.provides(
                                                    ClassDesc.of(service.service()),
                                                    service.providers().stream()
                                                            .map(ClassDesc::of)
                                                            .toArray(ClassDesc[]::new)));
                });
    }

    /// What the classes of one jar need of others.
    private final class Needs {
        private final Set<String> modules = new TreeSet<>();
        private final Set<String> services = new TreeSet<>();

        private void add(ClassModel type) {
            for (PoolEntry entry : type.constantPool()) {
                if (entry instanceof ClassEntry named) {
                    ClassDesc symbol = named.asSymbol();
                    while (symbol.isArray()) {
                        symbol = symbol.componentType();
                    }
                    String module = moduleOfPackage.get(symbol.packageName());
                    if (module != null) {
                        modules.add(module);
                    }
                }
            }
            type.methods().forEach(method -> method.code().ifPresent(this::addServices));
        }

        private void addServices(Iterable<CodeElement> code) {
            ClassDesc constant = null;
            for (CodeElement element : code) {
                if (element instanceof ConstantInstruction loaded
                        && loaded.constantValue() instanceof ClassDesc type) {
                    constant = type;
                } else if (element instanceof InvokeInstruction call
                        && call.owner().name().equalsString("java/util/ServiceLoader")
                        && call.name().stringValue().startsWith("load")
                        && constant != null) {
                    String name = constant.packageName() + "." + constant.displayName();
                    if (moduleOfPackage.containsKey(constant.packageName())) {
                        services.add(name);
                    }
                }
            }
        }
    }
}
