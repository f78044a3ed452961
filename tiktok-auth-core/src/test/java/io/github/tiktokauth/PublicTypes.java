package io.github.tiktokauth;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** A condition on classes, and what the conditions share. */
final class PublicTypes extends ArchCondition<JavaClass> {

    private final Predicate<JavaClass> wanted;

    PublicTypes(String description, Predicate<JavaClass> wanted) {
        super(description);
        this.wanted = wanted;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        events.add(new SimpleConditionEvent(type, wanted.test(type), type.getFullName() + ": " + getDescription()));
    }

    static boolean isClosed(JavaClass type) {
        return type.isInterface()
                || type.isEnum()
                || type.getModifiers().contains(JavaModifier.FINAL)
                || type.reflect().isSealed();
    }

    static boolean isOf(JavaClass type, String... packages) {
        for (String name : packages) {
            if (type.getPackageName().equals(name) || type.getPackageName().startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }
}
