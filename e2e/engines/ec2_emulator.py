"""moto's EC2, with one correction: the tags of a launch template itself do not become part of what it starts.

EC2 takes them beside the template's data and never gives them back inside it; moto adds them there, and every second plan
would want to take them out again.
"""

from moto.ec2.models.launch_templates import LaunchTemplateBackend
from moto.server import main

create = LaunchTemplateBackend.create_launch_template


def create_launch_template(self, name, description, template_data, tag_spec):
    specifications = template_data.get("TagSpecifications", [])
    template_data["TagSpecifications"] = [
        each for each in specifications if each.get("ResourceType") != "launch-template"
    ]
    return create(self, name, description, template_data, tag_spec)


LaunchTemplateBackend.create_launch_template = create_launch_template
main()
