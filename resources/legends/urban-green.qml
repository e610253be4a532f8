<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<!-- Urban green at level 3, named after Pesek 2024 (10.1016/j.rsase.2024.101238): styles a raster of the values 0 to 3,
     or polygons with the whole-number field "class", for which it offers the names as a list while digitising. -->
<qgis version="3.22.0" styleCategories="Symbology|Fields|Forms">
  <pipe>
    <rasterrenderer type="paletted" band="1" opacity="1" alphaBand="-1">
      <colorPalette>
        <paletteEntry value="0" label="Non-vegetated" color="#b8b4ae" alpha="255" />
        <paletteEntry value="1" label="Non-recreational vegetation" color="#e3c25b" alpha="255" />
        <paletteEntry value="2" label="Low-recreational vegetation" color="#8ecb72" alpha="255" />
        <paletteEntry value="3" label="High-recreational vegetation" color="#1b7837" alpha="255" />
      </colorPalette>
    </rasterrenderer>
  </pipe>
  <renderer-v2 type="categorizedSymbol" attr="class" symbollevels="0" enableorderby="0">
    <categories>
      <category symbol="0" value="0" type="integer" label="Non-vegetated" render="true" />
      <category symbol="1" value="1" type="integer" label="Non-recreational vegetation" render="true" />
      <category symbol="2" value="2" type="integer" label="Low-recreational vegetation" render="true" />
      <category symbol="3" value="3" type="integer" label="High-recreational vegetation" render="true" />
    </categories>
    <symbols>
      <symbol type="fill" name="0" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="184,180,174,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="122,120,116,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="1" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="227,194,91,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="151,129,60,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="2" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="142,203,114,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="94,135,76,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
      <symbol type="fill" name="3" alpha="1" clip_to_extent="1">
        <layer class="SimpleFill" enabled="1" locked="0">
          <Option type="Map">
            <Option type="QString" name="color" value="27,120,55,255" />
            <Option type="QString" name="style" value="solid" />
            <Option type="QString" name="outline_color" value="18,80,36,255" />
            <Option type="QString" name="outline_style" value="solid" />
            <Option type="QString" name="outline_width" value="0.26" />
            <Option type="QString" name="outline_width_unit" value="MM" />
          </Option>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <fieldConfiguration>
    <field name="class">
      <editWidget type="ValueMap">
        <config>
          <Option type="Map">
            <Option type="List" name="map">
              <Option type="Map">
                <Option type="QString" name="Non-vegetated" value="0" />
              </Option>
              <Option type="Map">
                <Option type="QString" name="Non-recreational vegetation" value="1" />
              </Option>
              <Option type="Map">
                <Option type="QString" name="Low-recreational vegetation" value="2" />
              </Option>
              <Option type="Map">
                <Option type="QString" name="High-recreational vegetation" value="3" />
              </Option>
            </Option>
          </Option>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
</qgis>
