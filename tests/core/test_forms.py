"""Every form is our component: label, hint, error, control, tied together for a reader's ear."""

from django import forms


class HouseForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As tenants say it.")
    note = forms.CharField(label="Note", required=False)
    gate = forms.ChoiceField(
        label="Gate", choices=[("open", "Open")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I agree")
    step = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_ties_hint_and_error_to_the_control():
    shown = str(HouseForm({})["name"].as_field_group())

    assert '<label for="id_name">Name</label>' in shown
    assert '<p class="hint" id="id_name_helptext">As tenants say it.</p>' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_field_that_may_stay_empty_says_so():
    form = HouseForm()

    assert 'class="optional"' in str(form["note"].as_field_group())
    assert 'class="optional"' not in str(form["name"].as_field_group())


def test_field_of_a_form_without_duties_stays_quiet():
    form = HouseForm()
    form.all_optional = True

    assert 'class="optional"' not in str(form["note"].as_field_group())


def test_choice_is_a_group_with_a_legend():
    shown = str(HouseForm()["gate"].as_field_group())

    assert shown.startswith('<fieldset class="field">\n<legend>Gate</legend>')


def test_tick_stands_before_its_words():
    shown = str(HouseForm()["agree"].as_field_group())

    assert shown.index("<input") < shown.index("I agree")


def test_form_with_errors_begins_with_a_summary_that_leads_to_them():
    form = HouseForm({"gate": "open", "agree": "on"})
    form.add_error(None, "Not now.")

    shown = str(form)

    assert shown.lstrip().startswith('<div class="notice notice-error" role="alert"')
    assert "<li>Not now.</li>" in shown
    assert '<a href="#id_name">Name</a>' in shown


def test_form_without_errors_has_no_summary():
    shown = str(HouseForm())

    assert "notice-error" not in shown
    assert '<input type="hidden" name="step" id="id_step">' in shown
