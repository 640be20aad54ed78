"""realpolitik.situation"""
